// RFC 1183 §1: https://www.rfc-editor.org/rfc/rfc1183#section-1
//
// +------------------------+
// |        subtype         |  2 octets
// +------------------------+
// /          host          /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>AFSDB: an AFS or DCE database server.</summary>
internal static class Afsdb
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Afsdb,
        [
            Field.U16("subtype"),
            Field.Name("host", NameUse.Early | NameUse.Additional),
        ]);
}
