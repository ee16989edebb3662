using System.Buffers.Binary;
using ActorDns.Host.Tests.Control;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Tests.Metrics;

/// <summary>Messages to be counted.</summary>
internal static class Packets
{
    private const int HeaderBytes = 12;

    public static byte[] Query(string name, RecordType type) => Message(0, 0, name, type, []);

    /// <summary>An update that adds an address.</summary>
    public static byte[] Update(string zone, string name)
    {
        byte[] owner = DomainName.Parse(name).Wire.ToArray();
        return Message(5, 1, zone, RecordType.Soa, [.. owner, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 9]);
    }

    /// <summary>A query with a key that the server does not have.</summary>
    public static byte[] SignedByAStranger(string name)
    {
        byte[] query = Query(name, RecordType.A);
        byte[] buffer = new byte[512];
        query.CopyTo(buffer, 0);
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Assert.True(TsigSigner.SignRequest(buffer, query.Length, ControlVectors.Key("hmac-sha256"), now, out int length, out _));
        return buffer[..length];
    }

    private static byte[] Message(byte opcode, ushort updates, string name, RecordType type, byte[] more)
    {
        byte[] wire = DomainName.Parse(name).Wire.ToArray();
        byte[] message = new byte[HeaderBytes + wire.Length + 4 + more.Length];
        message[0] = 0x12;
        message[2] = (byte)(opcode << 3);
        message[5] = 1;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(8), updates);
        wire.CopyTo(message, HeaderBytes);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(HeaderBytes + wire.Length), type.Value);
        message[HeaderBytes + wire.Length + 3] = 1;
        more.CopyTo(message, HeaderBytes + wire.Length + 4);
        return message;
    }
}
