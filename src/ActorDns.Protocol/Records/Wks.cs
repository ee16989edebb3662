// RFC 1035 §3.4.2: https://www.rfc-editor.org/rfc/rfc1035#section-3.4.2
//
// +------------------------+
// |        address         |  4 octets
// +------------------------+
// |        protocol        |  1 octet
// +------------------------+
// /        services        /  one bit a port
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>WKS: services of a host under one protocol.</summary>
internal static class Wks
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Wks,
        [
            new IPv4Field("address"),
            new MnemonicField("protocol", 1, RegistryNames.Protocols, prints: false),
            new PortBitmapField("services"),
        ]);
}
