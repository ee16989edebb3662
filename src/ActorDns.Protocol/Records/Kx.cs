// RFC 2230 §3.1: https://www.rfc-editor.org/rfc/rfc2230#section-3.1
//
// +------------------------+
// |       preference       |  2 octets
// +------------------------+
// /       exchanger        /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>KX: a key exchanger for the owner.</summary>
internal static class Kx
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Kx,
        [
            Field.U16("preference"),
            Field.Name("exchanger", NameUse.Folded | NameUse.Additional),
        ]);
}
