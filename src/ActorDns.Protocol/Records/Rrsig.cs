// RFC 4034 §3.1: https://www.rfc-editor.org/rfc/rfc4034#section-3.1
//
// +------------------------+
// |      type covered      |  2 octets
// +------------------------+
// |       algorithm        |  1 octet
// +------------------------+
// |         labels         |  1 octet
// +------------------------+
// |      original TTL      |  4 octets, seconds
// +------------------------+
// |       expiration       |  4 octets, seconds since 1970
// +------------------------+
// |       inception        |  4 octets, seconds since 1970
// +------------------------+
// |        key tag         |  2 octets
// +------------------------+
// /         signer         /  domain name
// +------------------------+
// /       signature        /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>RRSIG: a signature over an RRset.</summary>
internal static class Rrsig
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Rrsig,
        [
            new TypeField("type covered"),
            Field.Algorithm("algorithm"),
            Field.U8("labels"),
            Field.Period("original TTL"),
            new SignatureTimeField("expiration"),
            new SignatureTimeField("inception"),
            Field.U16("key tag"),
            Field.Name("signer", NameUse.Folded),
            Field.Base64("signature", minBytes: 1),
        ]);
}
