// RFC 6742 §2.2: https://www.rfc-editor.org/rfc/rfc6742#section-2.2
//
// +------------------------+
// |       preference       |  2 octets
// +------------------------+
// |        locator         |  4 octets
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>L32: a 32-bit locator of an ILNP host.</summary>
internal static class L32
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.L32,
        [
            Field.U16("preference"),
            new IPv4Field("locator"),
        ]);
}
