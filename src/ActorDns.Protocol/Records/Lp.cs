// RFC 6742 §2.4: https://www.rfc-editor.org/rfc/rfc6742#section-2.4
//
// +------------------------+
// |       preference       |  2 octets
// +------------------------+
// /          name          /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>LP: the name under which a subnetwork has its locators.</summary>
internal static class Lp
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Lp,
        [
            Field.U16("preference"),
            Field.Name("name", NameUse.Verbatim | NameUse.Additional),
        ]);
}
