using System.Globalization;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Loading;

/// <summary>
/// Writes a zone as a master file (RFC 1035 §5): names in canonical order, at each SOA and NS first, signatures after what they cover,
/// owners of NSEC3 at the end. The full style is the one of <c>named-compilezone -s full</c>, octet by octet.
/// </summary>
public sealed class ZoneFileWriter
{
    private const int FlushChars = 1 << 16;
    private const int TabWidth = 8;
    private const int TtlColumn = 46;
    private const int RdataColumn = 64;

    private readonly TextWriter _to;
    private readonly ZoneFileStyle _style;
    private readonly string _classText;
    private readonly StringBuilder _text = new(FlushChars + (FlushChars / 2));
    private uint _defaultTtl;
    private int _originBytes;

    private ZoneFileWriter(TextWriter to, ZoneFileStyle style, RecordClass zoneClass)
    {
        _to = to;
        _style = style;
        _classText = zoneClass.ToString();
    }

    /// <summary>Writes a zone, which is held by a lease or not yet published. Does not close <paramref name="to"/>.</summary>
    public static void Write(ZoneSnapshot zone, TextWriter to, ZoneFileStyle style, RecordClass? zoneClass = null)
    {
        ZoneFileWriter writer = new(to, style, zoneClass ?? RecordClass.In);
        writer.WriteHead(zone);
        foreach (NameView name in zone.Names.Walk())
            writer.WriteName(name);
        foreach (NameView name in zone.Nsec3Names.Walk())
            writer.WriteName(name);
        writer.Flush();
    }

    private void WriteHead(ZoneSnapshot zone)
    {
        _originBytes = zone.Origin.Wire.Length;
        _defaultTtl = zone.Soa.Ttl;
        if (_style == ZoneFileStyle.Relative)
            _text.Append(CultureInfo.InvariantCulture, $"$ORIGIN {zone.Origin}\n$TTL {_defaultTtl}\n");
    }

    private void WriteName(NameView name)
    {
        string owner = OwnerText(name.Owner);
        WriteSets(name, RecordType.Soa, ref owner);
        WriteSets(name, RecordType.Ns, ref owner);
        foreach (RecordSetView set in name)
        {
            RecordType sorted = set.Type == RecordType.Rrsig ? set.Covered : set.Type;
            if (sorted != RecordType.Soa && sorted != RecordType.Ns)
                WriteSet(owner, set, ref owner);
        }

        if (_text.Length >= FlushChars)
            Flush();
    }

    /// <summary>Writes the set of a type and the signatures over it.</summary>
    private void WriteSets(NameView name, RecordType type, ref string owner)
    {
        if (!name.TryFind(type, out RecordSetView set))
            return;
        WriteSet(owner, set, ref owner);
        if (set.TryGetSignatures(out RecordSetView signatures))
            WriteSet(owner, signatures, ref owner);
    }

    private void WriteSet(string owner, RecordSetView set, ref string nextOwner)
    {
        RecordFormat format = RecordFormats.Of(set.Type);
        foreach (ReadOnlySpan<byte> rdata in set)
        {
            if (_style == ZoneFileStyle.Full)
            {
                WriteFullHead(owner, set);
            }
            else
            {
                WriteRelativeHead(nextOwner, set);
                nextOwner = "";
            }

            format.AppendText(_text, rdata);
            _text.Append('\n');
        }
    }

    private void WriteFullHead(string owner, RecordSetView set)
    {
        _text.Append(owner);
        int column = Indent(owner.Length, TtlColumn);
        column = Append(column, set.Ttl.ToString(CultureInfo.InvariantCulture), TtlColumn);
        column = Append(column, _classText, TtlColumn);
        Append(column, set.Type.ToString(), RdataColumn);
    }

    /// <summary>Writes a field and goes to the column of the next.</summary>
    private int Append(int column, string field, int next)
    {
        _text.Append(field);
        return Indent(column + field.Length, next);
    }

    private void WriteRelativeHead(string owner, RecordSetView set)
    {
        _text.Append(owner);
        Indent(owner.Length, 3 * TabWidth);
        if (set.Ttl != _defaultTtl)
            _text.Append(CultureInfo.InvariantCulture, $"{set.Ttl}\t");
        _text.Append(CultureInfo.InvariantCulture, $"{_classText} {set.Type}\t");
    }

    /// <summary>Goes to a column by tabs and then spaces, by one space when it is passed already.</summary>
    private int Indent(int column, int to)
    {
        to = Math.Max(to, column + 1);
        int tabs = (to / TabWidth) - (column / TabWidth);
        if (tabs > 0)
            column = to / TabWidth * TabWidth;
        _text.Append('\t', tabs).Append(' ', to - column);
        return to;
    }

    private string OwnerText(ReadOnlySpan<byte> owner)
    {
        if (_style == ZoneFileStyle.Full)
            return NameText.ToText(owner, keepFinalDot: true);
        if (owner.Length == _originBytes)
            return "@";
        int length = owner.Length - _originBytes;
        Span<byte> relative = stackalloc byte[WireName.MaxBytes];
        owner[..length].CopyTo(relative);
        relative[length] = 0;
        return NameText.ToText(relative[..(length + 1)], keepFinalDot: false);
    }

    private void Flush()
    {
        foreach (ReadOnlyMemory<char> chunk in _text.GetChunks())
            _to.Write(chunk.Span);
        _text.Clear();
    }
}
