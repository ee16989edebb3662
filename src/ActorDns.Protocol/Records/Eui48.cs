// RFC 7043 §3.1: https://www.rfc-editor.org/rfc/rfc7043#section-3.1
//
// +------------------------+
// |        address         |  6 octets
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>EUI48: a 48-bit hardware address.</summary>
internal static class Eui48
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Eui48,
        [
            new EuiField("address", 6),
        ]);
}
