// RFC 6742 §2.3: https://www.rfc-editor.org/rfc/rfc6742#section-2.3
//
// +------------------------+
// |       preference       |  2 octets
// +------------------------+
// |        locator         |  8 octets
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>L64: a 64-bit locator of an ILNP host.</summary>
internal static class L64
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.L64,
        [
            Field.U16("preference"),
            new LocatorField("locator"),
        ]);
}
