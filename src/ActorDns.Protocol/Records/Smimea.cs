// RFC 8162 §2: https://www.rfc-editor.org/rfc/rfc8162#section-2
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

/// <summary>SMIMEA: the certificate or key of a mail user.</summary>
internal static class Smimea
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Smimea,
        [
            Field.U8("usage"),
            Field.U8("selector"),
            Field.U8("matching type"),
            Field.Hex("association data", minBytes: 1),
        ]);
}
