using System.Diagnostics.CodeAnalysis;

namespace ActorDns.Protocol.Names;

/// <summary>
/// A domain name held in uncompressed wire form with its case as written. Equality ignores ASCII case (RFC 4343 §3) and compares
/// octets; order is canonical (RFC 4034 §6.1). For code that owns its names; the query path works on spans with <see cref="WireName"/>.
/// </summary>
[SuppressMessage("Design", "CA1036", Justification = "Canonical order is asked for by name; < on names would be read as length.")]
public readonly struct DomainName : IEquatable<DomainName>, IComparable<DomainName>
{
    private static readonly byte[] RootBytes = [0];
    private readonly byte[]? _wire;

    private DomainName(byte[] wire) => _wire = wire;

    /// <summary>The root, <c>.</c>; also the value of a default instance.</summary>
    public static DomainName Root => new(RootBytes);

    /// <summary>The octets on the wire, uncompressed, the root's zero included: 1 to 255 of them.</summary>
    public ReadOnlySpan<byte> Wire => _wire ?? RootBytes;

    /// <summary>Number of labels, the root not counted.</summary>
    public int LabelCount => WireName.LabelCount(Wire);

    /// <summary>True for <c>.</c>.</summary>
    public bool IsRoot => Wire.Length == 1;

    /// <summary>The name one label up; the root's parent is the root.</summary>
    public DomainName Parent => IsRoot ? this : new DomainName(WireName.Parent(Wire).ToArray());

    /// <summary>Copies a well-formed uncompressed name.</summary>
    /// <exception cref="ArgumentException">The span is not exactly one name.</exception>
    public static DomainName FromWire(ReadOnlySpan<byte> wire) =>
        WireName.IsWellFormed(wire)
            ? new DomainName(wire.ToArray())
            : throw new ArgumentException("not a well-formed uncompressed domain name", nameof(wire));

    /// <summary>
    /// Reads presentation form (RFC 1035 §5.1, escapes included). A name without final dot is completed with
    /// <paramref name="origin"/>; <c>@</c> is the origin itself.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, DomainName origin, out DomainName name)
    {
        Span<byte> wire = stackalloc byte[WireName.MaxBytes];
        if (NameText.TryParse(text, origin.Wire, wire, out int length) != NameTextError.None)
        {
            name = default;
            return false;
        }

        name = new DomainName(wire[..length].ToArray());
        return true;
    }

    /// <summary>Reads presentation form, relative names taken as absolute.</summary>
    /// <exception cref="FormatException">The text is not a domain name.</exception>
    public static DomainName Parse(string text) =>
        TryParse(text, Root, out DomainName name)
            ? name
            : throw new FormatException($"'{text}' is not a domain name");

    /// <summary>True when this name is <paramref name="ancestor"/> or lies below it.</summary>
    public bool IsAtOrBelow(DomainName ancestor) => WireName.IsAtOrBelow(Wire, ancestor.Wire);

    /// <inheritdoc/>
    public bool Equals(DomainName other) => WireName.Equal(Wire, other.Wire);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is DomainName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)WireName.Hash(Wire);

    /// <inheritdoc/>
    public int CompareTo(DomainName other) => WireName.CompareCanonical(Wire, other.Wire);

    /// <summary>Presentation form with the final dot.</summary>
    public override string ToString() => NameText.ToText(Wire, keepFinalDot: true);

    /// <summary>Presentation form as BIND logs it: without the final dot, but for the root.</summary>
    public string ToLogString() => NameText.ToText(Wire, keepFinalDot: false);

    /// <summary>Same name without regard to case.</summary>
    public static bool operator ==(DomainName left, DomainName right) => left.Equals(right);

    /// <summary>Different names without regard to case.</summary>
    public static bool operator !=(DomainName left, DomainName right) => !left.Equals(right);
}
