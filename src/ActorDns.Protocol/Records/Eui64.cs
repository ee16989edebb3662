// RFC 7043 §4.1: https://www.rfc-editor.org/rfc/rfc7043#section-4.1
//
// +------------------------+
// |        address         |  8 octets
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>EUI64: a 64-bit hardware address.</summary>
internal static class Eui64
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Eui64,
        [
            new EuiField("address", 8),
        ]);
}
