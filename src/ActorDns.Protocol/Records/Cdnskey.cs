// RFC 7344 §3.2: https://www.rfc-editor.org/rfc/rfc7344#section-3.2
//
// +------------------------+
// |         flags          |  2 octets
// +------------------------+
// |        protocol        |  1 octet
// +------------------------+
// |       algorithm        |  1 octet
// +------------------------+
// /       public key       /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>CDNSKEY: the key that a child zone wants a DS for; algorithm 0 asks to delete it (RFC 8078 §4).</summary>
internal static class Cdnskey
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Cdnskey,
        [
            Field.U16("flags"),
            Field.U8("protocol"),
            Field.Algorithm("algorithm"),
            Field.Base64("public key", minBytes: 1),
        ]);
}
