using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using ActorDns.Actors.Transfers;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Transfers;

namespace ActorDns.Actors.Maintenance;

/// <summary>
/// Asks a primary for its SOA: by UDP, and by TCP when that brings nothing or the answer was truncated. An unsigned or foreign reply to a
/// signed question is no answer: the wait goes on (RFC 8945 §5.4).
/// </summary>
internal sealed class SoaQuery(DomainName origin, bool triesTcp, TimeProvider clock)
{
    private static readonly TimeSpan[] UdpWaits = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6)];
    private const int LargestDatagramBytes = 4_096; // More than we say that we take.
    private static readonly TimeSpan TcpDeadline = TimeSpan.FromSeconds(10);
    private string _silence = "timed out";

    /// <summary>Asks; never throws but when it is cancelled.</summary>
    public async Task<SoaAnswer> AskAsync(Primary primary, CancellationToken ct)
    {
        SoaReply? reply = await AskOnceAsync(primary, ct).ConfigureAwait(false);
        bool knowsNoEdns = reply is { Problem.Length: > 0 } refused && (refused.Rcode == Rcode.FormErr || refused.Rcode == Rcode.NotImp);
        if (primary.UsesEdns && knowsNoEdns)
            reply = await AskOnceAsync(primary with { UsesEdns = false }, ct).ConfigureAwait(false);
        return reply is { } read
            ? new SoaAnswer(read.Serial, read.ExpireSeconds, read.Problem)
            : new SoaAnswer(null, null, _silence, IsUnreachable: true);
    }

    private async Task<SoaReply?> AskOnceAsync(Primary primary, CancellationToken ct)
    {
        ushort id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        ReadOnlyMemory<byte> framed =
            OutboundQuery.MakeFramed(primary, origin, RecordType.Soa, id, null, now, out TsigContext tsig);
        SoaReply? reply = primary.TcpOnly ? null : await AskByUdpAsync(primary, framed, id, tsig, ct).ConfigureAwait(false);
        bool isSettled = reply is { IsTruncated: false };
        return isSettled || !(triesTcp || primary.TcpOnly || reply is not null)
            ? reply
            : await AskByTcpAsync(primary, framed, id, tsig, ct).ConfigureAwait(false);
    }

    private async Task<SoaReply?> AskByUdpAsync(
        Primary primary, ReadOnlyMemory<byte> framed, ushort id, TsigContext tsig, CancellationToken ct)
    {
        IPAddress address = primary.Endpoint.Address.ToIPAddress();
        byte[] buffer = new byte[LargestDatagramBytes];
        try
        {
            using Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            if (primary.Source is { } source)
                socket.Bind(new IPEndPoint(source.ToIPAddress(), 0));
            await socket.ConnectAsync(new IPEndPoint(address, primary.Endpoint.Port), ct).ConfigureAwait(false);
            foreach (TimeSpan wait in UdpWaits)
            {
                await socket.SendAsync(framed[sizeof(ushort)..], SocketFlags.None, ct).ConfigureAwait(false);
                using CancellationTokenSource deadline = new(wait, clock);
                using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
                SoaReply? reply = await ReadDatagramsAsync(socket, buffer, id, tsig, either.Token).ConfigureAwait(false);
                ct.ThrowIfCancellationRequested();
                if (reply is not null)
                    return reply;
            }
        }
        catch (SocketException failure)
        {
            // Nobody listens there (an ICMP message came), or no way leads there: no more copies; TCP may do better.
            _silence = OutboundConnection.WordsOf(failure.SocketErrorCode);
        }

        return null;
    }

    /// <summary>The first datagram that is the answer; null when the time is over before it comes.</summary>
    private async Task<SoaReply?> ReadDatagramsAsync(Socket socket, byte[] buffer, ushort id, TsigContext tsig, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                int length = await socket.ReceiveAsync(buffer, SocketFlags.None, ct).ConfigureAwait(false);
                if (Read(buffer.AsSpan(0, length), id, tsig) is { } reply)
                    return reply;
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<SoaReply?> AskByTcpAsync(
        Primary primary, ReadOnlyMemory<byte> framed, ushort id, TsigContext tsig, CancellationToken ct)
    {
        using CancellationTokenSource deadline = new(TcpDeadline, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        try
        {
            await using PrimaryStream stream = await PrimaryStream.ConnectAsync(primary, either.Token).ConfigureAwait(false);
            await stream.SendAsync(framed, either.Token).ConfigureAwait(false);
            while (await stream.ReadMessageAsync(either.Token).ConfigureAwait(false) is { IsEmpty: false } message)
            {
                if (Read(message.Span, id, tsig) is { } reply)
                    return reply;
            }
        }
        catch (ConnectionLostException failure)
        {
            _silence = failure.Message;
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            _silence = "timed out";
            return null;
        }

        return null;
    }

    private SoaReply? Read(ReadOnlySpan<byte> message, ushort id, in TsigContext tsig)
    {
        if (!SoaReply.TryRead(message, id, origin, out SoaReply reply))
            return null;
        if (tsig.Key is null)
            return reply;
        TsigReply verified = TsigVerifier.VerifyResponse(message, tsig, clock.GetUtcNow().ToUnixTimeSeconds());
        if (verified.IsVerified)
            return reply;
        return verified.IsPeerError ? new SoaReply(reply.Rcode, null, null, false, TsigText.Describe(verified.Outcome)) : null;
    }
}
