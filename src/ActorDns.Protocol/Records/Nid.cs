// RFC 6742 §2.1: https://www.rfc-editor.org/rfc/rfc6742#section-2.1
//
// +------------------------+
// |       preference       |  2 octets
// +------------------------+
// |    node identifier     |  8 octets
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>NID: a node identifier of an ILNP host.</summary>
internal static class Nid
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Nid,
        [
            Field.U16("preference"),
            new LocatorField("node identifier"),
        ]);
}
