using System.Buffers.Binary;
using System.Security.Cryptography;
using ActorDns.Actors.Transfers;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Maintenance;

/// <summary>
/// Passes one UPDATE on to the first primary that can be reached, by TCP, under an ID of its own; the TSIG record in it holds the ID that
/// it was signed with (RFC 2136 §6.2, RFC 8945 §5.5). Once it is sent no other primary gets it: it may have been applied.
/// </summary>
internal sealed class UpdateForward(RefreshSettings settings, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan ConnectDeadline = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ReplyDeadline = TimeSpan.FromSeconds(8);

    /// <summary>Does it and answers, with nothing when there is no reply.</summary>
    public async Task<bool> RunAsync(RefreshCommand.Forward forward, CancellationToken ct)
    {
        Log.ForwardingUpdate(log, forward.LogPrefix, settings.LogName);
        byte[] reply = [];
        try
        {
            reply = await SendAsync(forward.Message, ct).ConfigureAwait(false);
        }
        finally
        {
            forward.Answer.Reply(reply);
        }

        return reply.Length > 0;
    }

    private async Task<byte[]> SendAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        byte[] framed = new byte[sizeof(ushort) + message.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed.AsMemory(sizeof(ushort)));
        ushort id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        MessageHeader.SetId(framed.AsSpan(sizeof(ushort)), id);
        foreach (Primary primary in settings.Primaries.Where(primary => primary.Obstacle is null))
        {
            await using PrimaryStream? stream = await ConnectAsync(primary, ct).ConfigureAwait(false);
            if (stream is not null)
                return await ExchangeAsync(primary, stream, framed, id, ct).ConfigureAwait(false);
        }

        return [];
    }

    private async Task<PrimaryStream?> ConnectAsync(Primary primary, CancellationToken ct)
    {
        using CancellationTokenSource deadline = new(ConnectDeadline, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        try
        {
            return await PrimaryStream.ConnectAsync(primary, either.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ConnectionLostException or OperationCanceledException)
        {
            Log.UpdateNotForwarded(log, settings.LogName, primary.Endpoint.ToString(), failure.Message);
            return null;
        }
    }

    private async Task<byte[]> ExchangeAsync(
        Primary primary, PrimaryStream stream, byte[] framed, ushort id, CancellationToken ct)
    {
        using CancellationTokenSource deadline = new(ReplyDeadline, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        try
        {
            await stream.SendAsync(framed, either.Token).ConfigureAwait(false);
            while (await stream.ReadMessageAsync(either.Token).ConfigureAwait(false) is { IsEmpty: false } reply)
            {
                if (!IsReply(reply.Span, id))
                    continue;
                string rcode = new Rcode(MessageHeader.RcodeBits(reply.Span)).ToString();
                Log.UpdateForwarded(log, settings.LogName, primary.Endpoint.ToString(), rcode);
                return reply.ToArray();
            }

            Log.UpdateNotForwarded(log, settings.LogName, primary.Endpoint.ToString(), "end of file");
        }
        catch (Exception failure) when (failure is ConnectionLostException or OperationCanceledException)
        {
            Log.UpdateNotForwarded(log, settings.LogName, primary.Endpoint.ToString(), failure.Message);
        }

        return [];
    }

    private static bool IsReply(ReadOnlySpan<byte> message, ushort id) =>
        message.Length >= MessageHeader.Bytes
        && MessageHeader.Id(message) == id
        && (MessageHeader.Flags(message) & MessageHeader.Response) != 0
        && MessageHeader.Opcode(message) == Opcode.Update;
}
