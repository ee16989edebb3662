// RFC 1183 §3.3: https://www.rfc-editor.org/rfc/rfc1183#section-3.3
//
// +------------------------+
// |       preference       |  2 octets
// +------------------------+
// /   intermediate host    /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>RT: an intermediate host that routes to the owner.</summary>
internal static class Rt
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Rt,
        [
            Field.U16("preference"),
            Field.Name("intermediate host", NameUse.Early | NameUse.Additional),
        ]);
}
