using System.Buffers.Binary;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Flood.Updating;

/// <summary>
/// Writes the signed updates of one client: a message adds addresses under names of the client's own, the next one takes them away. The
/// zone stays small, every update has an effect, and no two messages are the same.
/// </summary>
internal sealed class UpdateComposer
{
    /// <summary>Octets of the longest message.</summary>
    public const int MaxBytes = 16_384;

    private const int HeaderBytes = 12;
    private const ushort ZonePointer = 0xC000 | HeaderBytes;
    private const int HexDigits = 4;
    private readonly TsigKey _key;
    private readonly byte[] _zone;
    private readonly int _client;
    private readonly int _records;
    private uint _sequence;

    public UpdateComposer(TsigKey key, DomainName zone, int client, int records)
    {
        _key = key;
        _zone = zone.Wire.ToArray();
        _client = client;
        _records = records;
    }

    /// <summary>The ID of the message that was written last.</summary>
    public ushort Id => (ushort)_sequence;

    /// <summary>Writes the next message; what its answer is to be checked with is in <paramref name="context"/>.</summary>
    public int Write(Span<byte> message, out TsigContext context)
    {
        uint sequence = ++_sequence;
        message[..HeaderBytes].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(message, Id);
        message[2] = 5 << 3;
        message[5] = 1;
        BinaryPrimitives.WriteUInt16BigEndian(message[8..], (ushort)_records);
        int at = HeaderBytes;
        _zone.CopyTo(message[at..]);
        at += _zone.Length;
        BinaryPrimitives.WriteUInt32BigEndian(message[at..], 6 << 16 | 1); // SOA IN
        at += 4;
        bool isAddition = sequence % 2 == 1;
        uint version = (sequence - 1) / 2;
        for (int record = 0; record < _records; record++)
            at += WriteRecord(message[at..], record, version, isAddition);
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        if (!TsigSigner.SignRequest(message, at, _key, now, out int length, out context))
            throw new InvalidOperationException("the message is too long");
        return length;
    }

    private int WriteRecord(Span<byte> to, int record, uint version, bool isAddition)
    {
        // Owner: cCCCC-RRRR under the zone, found by a pointer.
        to[0] = 1 + HexDigits + 1 + HexDigits;
        to[1] = (byte)'c';
        WriteHex(to[2..], _client);
        to[2 + HexDigits] = (byte)'-';
        WriteHex(to[(3 + HexDigits)..], record);
        int at = 1 + to[0];
        BinaryPrimitives.WriteUInt16BigEndian(to[at..], ZonePointer);
        BinaryPrimitives.WriteUInt16BigEndian(to[(at + 2)..], 1); // A
        BinaryPrimitives.WriteUInt16BigEndian(to[(at + 4)..], (ushort)(isAddition ? 1 : 254)); // IN, or NONE for a removal.
        BinaryPrimitives.WriteUInt32BigEndian(to[(at + 6)..], isAddition ? 60u : 0);
        BinaryPrimitives.WriteUInt16BigEndian(to[(at + 10)..], 4);
        BinaryPrimitives.WriteUInt32BigEndian(to[(at + 12)..], 0x0A000000 | (version & 0xFFFFFF));
        return at + 16;
    }

    private static void WriteHex(Span<byte> to, int number)
    {
        for (int digit = HexDigits - 1; digit >= 0; digit--, number >>= 4)
            to[digit] = (byte)"0123456789abcdef"[number & 15];
    }
}
