using System.Buffers.Binary;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;

namespace ActorDns.Protocol.Tests.Security;

/// <summary>Keys and messages that the TSIG tests share.</summary>
internal static class TsigBench
{
    public const long Now = 1_790_000_000;

    public static readonly TsigSecret Secret = new([.. Enumerable.Range(1, 32).Select(octet => (byte)octet)]);

    public static TsigKey Key(
        TsigAlgorithm? algorithm = null, int bits = 0, string name = "Transfer.Example", TsigSecret? secret = null) =>
        new(DomainName.Parse(name), algorithm ?? TsigAlgorithm.HmacSha256, secret ?? Secret, bits);

    /// <summary>A query for the SOA of example.com, ID 0x1234.</summary>
    public static byte[] Query(ushort id = 0x1234)
    {
        byte[] name = DomainName.Parse("example.com").Wire.ToArray();
        byte[] message = new byte[MessageHeader.Bytes + name.Length + 4];
        MessageHeader.SetId(message, id);
        MessageHeader.SetCount(message, 0, 1);
        name.CopyTo(message, MessageHeader.Bytes);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(message.Length - 4), RecordType.Soa.Value);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(message.Length - 2), RecordClass.In.Value);
        return message;
    }

    /// <summary>A response to <see cref="Query"/> without records.</summary>
    public static byte[] Response(Rcode rcode = default, ushort id = 0x1234)
    {
        byte[] message = Query(id);
        MessageHeader.SetFlags(message, (ushort)(MessageHeader.Response | rcode.Value));
        return message;
    }

    public static byte[] SignRequest(TsigKey key, out TsigContext client, byte[]? request = null, long now = Now, ushort fudge = 300)
    {
        byte[] message = request ?? Query();
        byte[] buffer = new byte[message.Length + 1024];
        message.CopyTo(buffer, 0);
        Assert.True(TsigSigner.SignRequest(buffer, message.Length, key, now, out int length, out client, fudge));
        return buffer[..length];
    }

    public static TsigOutcome Verify(byte[] message, TsigKey key, out TsigContext context, long now = Now) =>
        TsigVerifier.VerifyRequest(message, now, new SingleTsigKey(key), out context);

    public static byte[] Answer(in TsigContext server, byte[]? response = null, long now = Now)
    {
        byte[] message = response ?? Response(server.ResponseCode);
        byte[] buffer = new byte[message.Length + 1024];
        message.CopyTo(buffer, 0);
        Assert.True(TsigSigner.SignResponse(buffer, message.Length, in server, now, out int length));
        return buffer[..length];
    }

    /// <summary>The TSIG record of a message.</summary>
    public static TsigRecord Record(byte[] message)
    {
        Assert.Equal(ParseError.None, TsigLocator.TryLocate(message, out int offset));
        Assert.True(offset > 0, "the message has no TSIG record");
        Assert.Equal(ParseError.None, TsigRecord.TryRead(message, offset, new byte[WireName.MaxBytes], out TsigRecord record));
        return record;
    }

    /// <summary>Offset of the MAC in a message whose last record is a TSIG without other data.</summary>
    public static int MacOffset(byte[] message) => message.Length - 6 - Record(message).Mac.Length;

    /// <summary>Cuts the MAC of a message without other data to <paramref name="length"/> octets, or pads it by zeros.</summary>
    public static byte[] ResizeMac(byte[] message, int length)
    {
        TsigRecord record = Record(message);
        byte[] mac = new byte[length];
        record.Mac[..Math.Min(length, record.Mac.Length)].CopyTo(mac);
        return Rebuild(message, record.AlgorithmName.ToArray(), mac, record.OriginalId, record.Error, []);
    }

    /// <summary>The message with another TSIG record of the same key, time and fudge.</summary>
    public static byte[] Rebuild(
        byte[] message, byte[] algorithm, byte[] mac, ushort originalId, Rcode error, byte[] otherData)
    {
        TsigRecord record = Record(message);
        int macAt = record.Offset + record.KeyName.Length + 10 + algorithm.Length + 10;
        byte[] rebuilt = new byte[macAt + mac.Length + 6 + otherData.Length];
        message.AsSpan(0, record.Offset + record.KeyName.Length + 8).CopyTo(rebuilt);
        Span<byte> rest = rebuilt.AsSpan(record.Offset + record.KeyName.Length + 8);
        BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)(algorithm.Length + 16 + mac.Length + otherData.Length));
        algorithm.CopyTo(rest[2..]);
        rest = rest[(2 + algorithm.Length)..];
        BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)(record.TimeSignedUnixSeconds >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(rest[2..], (uint)record.TimeSignedUnixSeconds);
        BinaryPrimitives.WriteUInt16BigEndian(rest[6..], record.FudgeSeconds);
        BinaryPrimitives.WriteUInt16BigEndian(rest[8..], (ushort)mac.Length);
        mac.CopyTo(rest[10..]);
        rest = rest[(10 + mac.Length)..];
        BinaryPrimitives.WriteUInt16BigEndian(rest, originalId);
        BinaryPrimitives.WriteUInt16BigEndian(rest[2..], error.Value);
        BinaryPrimitives.WriteUInt16BigEndian(rest[4..], (ushort)otherData.Length);
        otherData.CopyTo(rest[6..]);
        return rebuilt;
    }
}
