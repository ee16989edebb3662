
namespace ActorDns.Protocol.Records.Fields;

/// <summary>Short names for the fields that record formats are made of.</summary>
internal static class Field
{
    /// <summary>An unsigned number of 8 bits.</summary>
    public static RdataField U8(string name) => new NumberField(name, 1);

    /// <summary>An unsigned number of 16 bits.</summary>
    public static RdataField U16(string name) => new NumberField(name, 2);

    /// <summary>An unsigned number of 32 bits.</summary>
    public static RdataField U32(string name) => new NumberField(name, 4);

    /// <summary>Seconds, in decimal or units.</summary>
    public static RdataField Period(string name) => new PeriodField(name);

    /// <summary>A DNSSEC algorithm, printed as a number.</summary>
    public static RdataField Algorithm(string name) => new MnemonicField(name, 1, RegistryNames.Algorithms, prints: false);

    /// <summary>A domain name.</summary>
    public static RdataField Name(string name, NameUse use) => new NameField(name, use);

    /// <summary>One character-string.</summary>
    public static RdataField String(string name) => new StringField(name);

    /// <summary>Hex to the end.</summary>
    public static RdataField Hex(string name, int minBytes = 0) => new HexField(name, minBytes);

    /// <summary>Base64 to the end.</summary>
    public static RdataField Base64(string name, int minBytes = 0) => new Base64Field(name, minBytes);
}
