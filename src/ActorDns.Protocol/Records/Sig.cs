// RFC 2535 §4.1: https://www.rfc-editor.org/rfc/rfc2535#section-4.1
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

/// <summary>SIG: a signature over an RRset before RFC 4034; today the SIG(0) of a message (RFC 2931 §3).</summary>
internal static class Sig
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Sig,
        [
            new TypeField("type covered"),
            Field.Algorithm("algorithm"),
            Field.U8("labels"),
            Field.Period("original TTL"),
            new SignatureTimeField("expiration"),
            new SignatureTimeField("inception"),
            Field.U16("key tag"),
            Field.Name("signer", NameUse.Early),
            Field.Base64("signature", minBytes: 1),
        ]);
}
