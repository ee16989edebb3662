// RFC 6698 §2.1: https://www.rfc-editor.org/rfc/rfc6698#section-2.1
//
// +------------------------+
// |         usage          |  1 octet
// +------------------------+
// |        selector        |  1 octet
// +------------------------+
// |     matching type      |  1 octet
// +------------------------+
// /    association data    /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>TLSA: the certificate or key of a TLS server.</summary>
internal static class Tlsa
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Tlsa,
        [
            Field.U8("usage"),
            Field.U8("selector"),
            Field.U8("matching type"),
            Field.Hex("association data", minBytes: 1),
        ]);
}
