// RFC 4034 §2.1: https://www.rfc-editor.org/rfc/rfc4034#section-2.1
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

/// <summary>DNSKEY: a public key that signs a zone.</summary>
internal static class Dnskey
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Dnskey,
        [
            Field.U16("flags"),
            Field.U8("protocol"),
            Field.Algorithm("algorithm"),
            Field.Base64("public key", minBytes: 1),
        ]);
}
