namespace ActorDns.Protocol.Registries;

/// <summary>CLASS of a record or question (RFC 1035 §3.2.4).</summary>
/// <param name="Value">The number on the wire.</param>
public readonly record struct RecordClass(ushort Value)
{
    /// <summary>IN, number 1.</summary>
    public static readonly RecordClass In = new(1);

    /// <summary>CH, number 3.</summary>
    public static readonly RecordClass Ch = new(3);

    /// <summary>HS, number 4.</summary>
    public static readonly RecordClass Hs = new(4);

    /// <summary>NONE, number 254.</summary>
    public static readonly RecordClass None = new(254);

    /// <summary>ANY, number 255.</summary>
    public static readonly RecordClass Any = new(255);

    /// <inheritdoc/>
    public override string ToString() => Value switch
    {
        1 => "IN",
        3 => "CH",
        4 => "HS",
        254 => "NONE",
        255 => "ANY",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"CLASS{Value}"),
    };
}
