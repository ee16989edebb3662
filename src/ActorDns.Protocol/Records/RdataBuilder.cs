using System.Buffers.Binary;
using System.Text;
using ActorDns.Protocol.Names;

namespace ActorDns.Protocol.Records;

/// <summary>Octets of RDATA as its text is read, and the first thing that was wrong.</summary>
internal ref struct RdataBuilder(Span<byte> destination)
{
    private const int MaxShownBytes = 60;
    private readonly Span<byte> _destination = destination;

    /// <summary>Octets written.</summary>
    public int Length { get; private set; }

    /// <summary>What is wrong; null while nothing is.</summary>
    public string? Error { get; private set; }

    /// <summary>What is written.</summary>
    public readonly ReadOnlySpan<byte> Written => _destination[..Length];

    /// <summary>What is written from an offset on, to be put in order.</summary>
    public readonly Span<byte> WrittenFrom(int start) => _destination[start..Length];

    /// <summary>Room left.</summary>
    public readonly Span<byte> Free => _destination[Length..];

    /// <summary>Text of an input word for an error message: printable, and not too long.</summary>
    public static string Show(ReadOnlySpan<byte> word)
    {
        StringBuilder text = new();
        foreach (byte octet in word.Length > MaxShownBytes ? word[..MaxShownBytes] : word)
            text.Append(octet is >= 0x20 and < 0x7F ? (char)octet : '?');
        return word.Length > MaxShownBytes ? text.Append('…').ToString() : text.ToString();
    }

    /// <summary>Counts octets that were written into <see cref="Free"/>.</summary>
    public void Advance(int count) => Length += count;

    /// <summary>Notes what is wrong and returns false.</summary>
    public bool Fail(string error)
    {
        Error ??= error;
        return false;
    }

    /// <summary>Notes that a word does not fit its field: <c>preference 'x' is not …</c>.</summary>
    public bool Fail(string field, scoped ReadOnlySpan<byte> word, string complaint) =>
        Fail($"{field} '{Show(word)}' {complaint}");

    /// <summary>Notes that a field is missing.</summary>
    public bool FailMissing(string field) => Fail($"{field} is missing");

    /// <summary>Notes that the octets do not fit in RDATA.</summary>
    public bool FailTooLong() => Fail("RDATA is longer than 65535 octets");

    /// <summary>Adds octets.</summary>
    public bool TryAppend(scoped ReadOnlySpan<byte> octets)
    {
        if (!octets.TryCopyTo(Free))
            return FailTooLong();
        Length += octets.Length;
        return true;
    }

    /// <summary>Adds one octet.</summary>
    public bool TryAppendByte(byte value)
    {
        if (Length >= _destination.Length)
            return FailTooLong();
        _destination[Length++] = value;
        return true;
    }

    /// <summary>Adds 16 bits.</summary>
    public bool TryAppendUInt16(ushort value)
    {
        if (!BinaryPrimitives.TryWriteUInt16BigEndian(Free, value))
            return FailTooLong();
        Length += 2;
        return true;
    }

    /// <summary>Adds 32 bits.</summary>
    public bool TryAppendUInt32(uint value)
    {
        if (!BinaryPrimitives.TryWriteUInt32BigEndian(Free, value))
            return FailTooLong();
        Length += 4;
        return true;
    }

    /// <summary>Reads a name from its text and adds it.</summary>
    public bool TryAppendName(string field, scoped ReadOnlySpan<byte> word, scoped ReadOnlySpan<byte> origin)
    {
        int length;
        NameTextError error;
        if (Free.Length >= WireName.MaxBytes)
        {
            error = NameText.TryParse(word, origin, Free, out length);
        }
        else
        {
            Span<byte> name = stackalloc byte[WireName.MaxBytes];
            error = NameText.TryParse(word, origin, name, out length);
            if (error == NameTextError.None && !name[..length].TryCopyTo(Free))
                return FailTooLong();
        }

        if (error != NameTextError.None)
            return Fail(field, word, Complaint(error));
        Length += length;
        return true;
    }

    private static string Complaint(NameTextError error) => error switch
    {
        NameTextError.EmptyLabel => "has an empty label",
        NameTextError.LabelTooLong => "has a label of more than 63 octets",
        NameTextError.NameTooLong => "is a name of more than 255 octets",
        NameTextError.BadEscape => "has a bad escape (\\DDD is 000 to 255)",
        NameTextError.NotAscii => "has a character outside ASCII",
        NameTextError.BitStringLabel => "has a bit-string label, which RFC 6891 withdrew",
        NameTextError.NoOrigin => "is a relative name and no origin is set",
        _ => "is not a domain name",
    };
}
