namespace ActorDns.Protocol.Registries;

/// <summary>Kind of a message (RFC 1035 §4.1.1). An open number, not an enumeration.</summary>
/// <param name="Value">The number on the wire.</param>
public readonly record struct Opcode(byte Value)
{
    /// <summary>QUERY, number 0.</summary>
    public static readonly Opcode Query = new(0);

    /// <summary>IQUERY, number 1.</summary>
    public static readonly Opcode IQuery = new(1);

    /// <summary>STATUS, number 2.</summary>
    public static readonly Opcode Status = new(2);

    /// <summary>NOTIFY, number 4.</summary>
    public static readonly Opcode Notify = new(4);

    /// <summary>UPDATE, number 5.</summary>
    public static readonly Opcode Update = new(5);

    /// <summary>DSO, number 6.</summary>
    public static readonly Opcode Dso = new(6);

    /// <inheritdoc/>
    public override string ToString() => Value switch
    {
        0 => "QUERY",
        1 => "IQUERY",
        2 => "STATUS",
        4 => "NOTIFY",
        5 => "UPDATE",
        6 => "DSO",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"OPCODE{Value}"),
    };
}
