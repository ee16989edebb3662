using System.Buffers;
using System.Buffers.Text;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Text;

namespace ActorDns.Zones.Changes;

/// <summary>
/// The lines of a change in UTF-8: what most records are made of is written as octets, the rest by way of characters. Each line is what
/// <see cref="ChangeRecord.AppendText"/> gives.
/// </summary>
internal ref struct ChangeText
{
    private const int MaxTtlBytes = 10;

    // Between sign and rdata: name, TTL, class, type, and what parts them.
    private const int FrontBytes = WireName.MaxBytes + 64;
    private byte[] _octets;
    private StringBuilder? _slow;
    private RecordType _lastType;
    private string _lastTypeText = "";
    private int _length;

    public ChangeText(int expectedBytes) => _octets = ArrayPool<byte>.Shared.Rent(expectedBytes);

    /// <summary>Appends the line of one record.</summary>
    public void Append(byte sign, ChangeRecord record)
    {
        Span<byte> room = Room(FrontBytes);
        room[0] = sign;
        _length++;
        if (!NameText.TryWritePlain(record.Owner, room[1..], out int ownerLength))
        {
            AppendSlowly(record);
            return;
        }

        _length += ownerLength;
        Span<byte> rest = room[(1 + ownerLength)..];
        rest[0] = (byte)' ';
        Utf8Formatter.TryFormat(record.Ttl, rest.Slice(1, MaxTtlBytes), out int ttlLength);
        rest = rest[(1 + ttlLength)..];
        " IN "u8.CopyTo(rest);
        string type = TextOf(record.Type);
        int typeLength = Encoding.ASCII.GetBytes(type, rest[4..]);
        rest[4 + typeLength] = (byte)' ';
        _length += 1 + ttlLength + 4 + typeLength + 1;
        if (record.Type == RecordType.A)
        {
            _length += IPv4Text.Write(record.Rdata, Room(IPv4Text.MaxChars));
        }
        else
        {
            StringBuilder slow = Cleared();
            RecordFormats.Of(record.Type).AppendText(slow, record.Rdata);
            Encode(slow);
        }

        EndLine();
    }

    /// <summary>The whole text; nothing can be appended after it.</summary>
    public byte[] End()
    {
        byte[] whole = _octets.AsSpan(0, _length).ToArray();
        ArrayPool<byte>.Shared.Return(_octets);
        _octets = [];
        return whole;
    }

    private void AppendSlowly(ChangeRecord record)
    {
        StringBuilder slow = Cleared();
        record.AppendText(slow);
        Encode(slow);
        EndLine();
    }

    private string TextOf(RecordType type)
    {
        if (type != _lastType || _lastTypeText.Length == 0)
        {
            _lastType = type;
            _lastTypeText = type.ToString();
        }

        return _lastTypeText;
    }

    private StringBuilder Cleared() => (_slow ??= new StringBuilder()).Clear();

    private void Encode(StringBuilder text)
    {
        foreach (ReadOnlyMemory<char> chunk in text.GetChunks())
            _length += Encoding.UTF8.GetBytes(chunk.Span, Room(Encoding.UTF8.GetMaxByteCount(chunk.Length)));
    }

    private void EndLine()
    {
        Room(1)[0] = (byte)'\n';
        _length++;
    }

    private Span<byte> Room(int bytes)
    {
        if (_octets.Length - _length < bytes)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_octets.Length * 2, _length + bytes));
            _octets.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_octets);
            _octets = larger;
        }

        return _octets.AsSpan(_length);
    }
}
