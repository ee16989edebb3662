using System.Buffers.Binary;
using System.Net;
using ActorDns.Actors.Transfers;

namespace ActorDns.Actors.Notify;

/// <summary>Tells a server by TCP (RFC 1996 §3.5) or TLS: one message, one reply.</summary>
internal static class NotifyStream
{
    /// <summary>Sends a message and reads what comes back.</summary>
    /// <exception cref="IOException">No connection, or it broke, or was closed without a reply.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public static async Task<byte[]> AskAsync(NotifyTarget target, byte[] message, TimeSpan bound, TimeProvider clock, CancellationToken ct)
    {
        using CancellationTokenSource late = new(bound, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        IPEndPoint server = new(target.Endpoint.Address.ToIPAddress(), target.Endpoint.Port);
        await using OutboundConnection connection = await OutboundConnection.OpenAsync(
            target.Source.Address.ToIPAddress(), server, target.Tls, either.Token).ConfigureAwait(false);

        byte[] framed = new byte[sizeof(ushort) + message.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed, sizeof(ushort));
        await connection.SendAsync(framed, either.Token).ConfigureAwait(false);

        byte[] length = await ReadExactlyAsync(connection, sizeof(ushort), either.Token).ConfigureAwait(false);
        return await ReadExactlyAsync(connection, BinaryPrimitives.ReadUInt16BigEndian(length), either.Token).ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadExactlyAsync(OutboundConnection connection, int count, CancellationToken ct)
    {
        byte[] octets = new byte[count];
        for (int have = 0; have < count;)
        {
            int read = await connection.ReceiveAsync(octets.AsMemory(have), ct).ConfigureAwait(false);
            if (read == 0)
                throw new EndOfStreamException("end of file");
            have += read;
        }

        return octets;
    }
}
