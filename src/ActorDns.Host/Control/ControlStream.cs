using System.Buffers.Binary;

namespace ActorDns.Host.Control;

/// <summary>Messages on a stream, each behind its length of four octets.</summary>
internal static class ControlStream
{
    /// <summary>
    /// Reads one message without its length. Null is the end of the stream, a length of zero or one beyond <paramref name="maxBytes"/>.
    /// </summary>
    public static async Task<byte[]?> ReadAsync(Stream stream, int maxBytes, CancellationToken ct)
    {
        byte[] head = new byte[ControlMessage.LengthBytes];
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct) < head.Length)
            return null;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (length == 0 || length > maxBytes)
            return null;
        byte[] payload = new byte[length];
        return await stream.ReadAtLeastAsync(payload, payload.Length, throwOnEndOfStream: false, ct) < payload.Length ? null : payload;
    }
}
