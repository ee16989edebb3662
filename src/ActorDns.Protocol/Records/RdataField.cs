using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records;

/// <summary>One field of RDATA: how long it is, how it reads and prints. Made once per format and shared.</summary>
/// <param name="name">What the field is called in error messages.</param>
/// <param name="fixedBytes">Its octets where every value has as many, else -1.</param>
/// <param name="nameUse">What may be done with the name or names in it.</param>
internal abstract class RdataField(string name, int fixedBytes = -1, NameUse nameUse = NameUse.Verbatim)
{
    /// <summary>What the field is called in error messages.</summary>
    public string Name { get; } = name;

    /// <summary>Octets where every value has as many, else -1.</summary>
    public int FixedBytes { get; } = fixedBytes;

    /// <summary>What may be done with the name or names in the field.</summary>
    public NameUse NameUse { get; } = nameUse;

    /// <summary>True when the field is a string, whose words may stand in quotes.</summary>
    public virtual bool MayBeQuoted => false;

    /// <summary>Reads the field's words and adds its octets.</summary>
    public abstract bool TryParseText(ref RdataText text, ref RdataBuilder builder);

    /// <summary>Octets that the field takes at the start of uncompressed <paramref name="rest"/>; -1 when its form is wrong.</summary>
    public abstract int Measure(ReadOnlySpan<byte> rest);

    /// <summary>Appends the text of the field's octets, which have the right form.</summary>
    public abstract void AppendText(StringBuilder text, ReadOnlySpan<byte> field);

    /// <summary>False when these octets are valid and yet have no text of their own.</summary>
    public virtual bool IsPrintable(ReadOnlySpan<byte> field) => true;

    /// <summary>Turns the names in the field to lower case.</summary>
    public virtual void FoldNames(Span<byte> field)
    {
    }
}
