using System.Globalization;
using System.Text;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records;

/// <summary>
/// The form of one type's RDATA on the wire, in text and in canonical order, all from one list of fields. RDATA is kept
/// everywhere as uncompressed wire octets; <see cref="RecordFormats.Of"/> finds the format of a type.
/// </summary>
public sealed class RecordFormat
{
    /// <summary>Most octets of RDATA (RFC 1035 §3.2.1: RDLENGTH has 16 bits).</summary>
    public const int MaxRdataBytes = ushort.MaxValue;

    private readonly RdataField[] _fields;
    private readonly RdataCheck? _check;
    private readonly bool _readsCompressedNames;
    private readonly bool _foldsNames;

    internal RecordFormat(RecordType type, RdataField[] fields, RdataCheck? check = null)
    {
        Type = type;
        _fields = fields;
        _check = check;
        AdditionalNameOffset = -1;
        int offset = 0;
        bool isFixed = true;
        foreach (RdataField field in fields)
        {
            _readsCompressedNames |= (field.NameUse & NameUse.Received) != 0;
            _foldsNames |= (field.NameUse & NameUse.Folded) != 0;
            if (isFixed && (field.NameUse & NameUse.Additional) != 0)
                AdditionalNameOffset = offset;
            if ((field.NameUse & NameUse.Sent) != 0)
            {
                if (CompressibleNames++ == 0)
                    PrefixBytes = offset;
            }

            isFixed &= field.FixedBytes >= 0;
            offset += Math.Max(field.FixedBytes, 0);
        }
    }

    /// <summary>The type that has this format; 0 in the one that every type without its own shares (RFC 3597 §3).</summary>
    public RecordType Type { get; }

    /// <summary>
    /// How many embedded names a message writer may compress; they stand side by side after <see cref="PrefixBytes"/>, and what
    /// follows them is copied. Above 0 in types of RFC 1035 only (RFC 3597 §4).
    /// </summary>
    public int CompressibleNames { get; }

    /// <summary>Octets before the first name that may be compressed.</summary>
    public int PrefixBytes { get; }

    /// <summary>
    /// Where the name lies whose addresses belong in the additional section (RFC 1035 §3.3, RFC 2782, RFC 9460 §4.1); -1 when the
    /// type has none.
    /// </summary>
    public int AdditionalNameOffset { get; }

    /// <summary>
    /// Reads RDATA in presentation form, its own or the generic one (RFC 3597 §5). Every word must be used. On failure
    /// <paramref name="error"/> says in plain words what is wrong with which field.
    /// </summary>
    /// <param name="text">The words after the record type.</param>
    /// <param name="destination">Room for the octets; <see cref="MaxRdataBytes"/> are always enough.</param>
    /// <param name="length">Octets written.</param>
    /// <param name="error">What is wrong; null on success.</param>
    public bool TryParseText(ref RdataText text, Span<byte> destination, out int length, out string? error)
    {
        RdataBuilder builder = new(destination.Length > MaxRdataBytes ? destination[..MaxRdataBytes] : destination);
        bool isRead = GenericRdata.IsNext(text)
            ? ParseGeneric(ref text, ref builder)
            : ParseFields(ref text, ref builder);
        length = isRead ? builder.Length : 0;
        error = isRead ? null : builder.Error;
        return isRead;
    }

    /// <summary>
    /// Reads RDATA at the reader's place in a message, names decompressed where the type allows compression (RFC 3597 §4), and
    /// checks its form. The reader moves by exactly <paramref name="rdataLength"/>, or not at all on error.
    /// </summary>
    public ParseError TryReadWire(ref MessageReader reader, int rdataLength, Span<byte> destination, out int length)
    {
        length = 0;
        if ((uint)rdataLength > (uint)reader.Remaining)
            return ParseError.ShortInput;
        int start = reader.Position;
        ReadOnlySpan<byte> rdata = reader.Message.Slice(start, rdataLength);
        ParseError error;
        if (_readsCompressedNames)
        {
            error = ReadFields(ref reader, start + rdataLength, destination, out length);
        }
        else
        {
            error = rdata.TryCopyTo(destination) ? Validate(rdata) : ParseError.BadRdata;
            length = rdataLength;
        }

        reader.Seek(error == ParseError.None ? start + rdataLength : start);
        if (error != ParseError.None)
            length = 0;
        return error;
    }

    /// <summary>Checks the form of uncompressed RDATA from first to last octet.</summary>
    public ParseError Validate(ReadOnlySpan<byte> rdata)
    {
        if (rdata.Length > MaxRdataBytes)
            return ParseError.BadRdata;
        ReadOnlySpan<byte> rest = rdata;
        foreach (RdataField field in _fields)
        {
            int size = field.Measure(rest);
            if (size < 0)
                return ParseError.BadRdata;
            rest = rest[size..];
        }

        return rest.IsEmpty && _check?.Invoke(rdata) is null ? ParseError.None : ParseError.BadRdata;
    }

    /// <summary>
    /// Appends presentation form on one line, names absolute, as BIND prints it; the generic form (RFC 3597 §5) where the type
    /// has no other, or the octets have not the form of the type.
    /// </summary>
    public void AppendText(StringBuilder text, ReadOnlySpan<byte> rdata)
    {
        if (Validate(rdata) != ParseError.None || !IsPrintable(rdata))
        {
            GenericRdata.Append(text, rdata);
            return;
        }

        ReadOnlySpan<byte> rest = rdata;
        bool isFirst = true;
        foreach (RdataField field in _fields)
        {
            int size = field.Measure(rest);
            int before = text.Length;
            if (!isFirst)
                text.Append(' ');
            int after = text.Length;
            field.AppendText(text, rest[..size]);
            if (text.Length == after)
                text.Length = before;
            isFirst = false;
            rest = rest[size..];
        }
    }

    /// <summary>
    /// Writes canonical form (RFC 4034 §6.2, RFC 6840 §5.1): names in lower case in the listed types, everything else as it is.
    /// Valid RDATA in, as many octets out.
    /// </summary>
    public int WriteCanonical(ReadOnlySpan<byte> rdata, Span<byte> destination)
    {
        rdata.CopyTo(destination);
        if (!_foldsNames)
            return rdata.Length;
        int at = 0;
        foreach (RdataField field in _fields)
        {
            int size = field.Measure(rdata[at..]);
            if (size < 0)
                break;
            if ((field.NameUse & NameUse.Folded) != 0)
                field.FoldNames(destination.Slice(at, size));
            at += size;
        }

        return rdata.Length;
    }

    /// <inheritdoc/>
    public override string ToString() => Type.ToString();

    /// <summary>The fields, in wire order.</summary>
    internal ReadOnlySpan<RdataField> Fields => _fields;

    private bool ParseFields(ref RdataText text, ref RdataBuilder builder)
    {
        foreach (RdataField field in _fields)
        {
            RdataText before = text;
            if (!field.TryParseText(ref text, ref builder))
                return false;
            if (!field.MayBeQuoted && text.HasQuotedSince(before))
                return builder.Fail($"{field.Name} stands in quotes");
        }

        if (text.TryNext(out ReadOnlySpan<byte> extra, out _))
            return builder.Fail($"'{RdataBuilder.Show(extra)}' follows the last field");
        return _check?.Invoke(builder.Written) is not { } complaint || builder.Fail(complaint);
    }

    private bool ParseGeneric(ref RdataText text, ref RdataBuilder builder)
    {
        RdataText before = text;
        if (!GenericRdata.TryParse(ref text, ref builder))
            return false;
        if (text.HasQuotedSince(before))
            return builder.Fail("RDATA in hex stands in quotes");
        return Validate(builder.Written) == ParseError.None
            || builder.Fail(string.Create(
                CultureInfo.InvariantCulture,
                $"these {builder.Length} octets have not the form of {Type} RDATA"));
    }

    private ParseError ReadFields(ref MessageReader reader, int end, Span<byte> destination, out int length)
    {
        length = 0;
        Span<byte> name = stackalloc byte[WireName.MaxBytes];
        int written = 0;
        foreach (RdataField field in _fields)
        {
            scoped ReadOnlySpan<byte> octets;
            if ((field.NameUse & NameUse.Received) != 0)
            {
                ParseError error = reader.TryReadName(name, out int nameLength);
                if (error != ParseError.None)
                    return error;
                if (reader.Position > end)
                    return ParseError.BadRdata;
                octets = name[..nameLength];
            }
            else
            {
                int size = field.Measure(reader.Message[reader.Position..end]);
                if (size < 0)
                    return ParseError.BadRdata;
                octets = reader.Message.Slice(reader.Position, size);
                reader.Seek(reader.Position + size);
            }

            if (written + octets.Length > MaxRdataBytes || !octets.TryCopyTo(destination[written..]))
                return ParseError.BadRdata;
            written += octets.Length;
        }

        if (reader.Position != end || _check?.Invoke(destination[..written]) is not null)
            return ParseError.BadRdata;
        length = written;
        return ParseError.None;
    }

    private bool IsPrintable(ReadOnlySpan<byte> rdata)
    {
        ReadOnlySpan<byte> rest = rdata;
        foreach (RdataField field in _fields)
        {
            int size = field.Measure(rest);
            if (!field.IsPrintable(rest[..size]))
                return false;
            rest = rest[size..];
        }

        return true;
    }
}
