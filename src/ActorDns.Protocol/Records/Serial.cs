using System.Globalization;

namespace ActorDns.Protocol.Records;

/// <summary>SOA serial number. Compares by RFC 1982 §3.2 arithmetic, not numerically.</summary>
/// <param name="Value">The 32 bits on the wire.</param>
public readonly record struct Serial(uint Value)
{
    /// <summary>True when this serial is newer. Two serials exactly 2^31 apart are not comparable: then neither is newer.</summary>
    public bool IsNewerThan(Serial other) => Value != other.Value && Value - other.Value < 0x8000_0000u;

    /// <summary>The next serial, never 0 (some software reads 0 as "none").</summary>
    public Serial Next() => new(Value == uint.MaxValue ? 1 : Value + 1);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
