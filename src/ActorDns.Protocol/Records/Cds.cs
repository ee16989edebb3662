// RFC 7344 §3.1: https://www.rfc-editor.org/rfc/rfc7344#section-3.1
//
// +------------------------+
// |        key tag         |  2 octets
// +------------------------+
// |       algorithm        |  1 octet
// +------------------------+
// |      digest type       |  1 octet
// +------------------------+
// /         digest         /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>CDS: the DS that a child zone asks its parent for; digest type 0 asks to delete it (RFC 8078 §4).</summary>
internal static class Cds
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Cds,
        [
            Field.U16("key tag"),
            Field.Algorithm("algorithm"),
            new MnemonicField("digest type", 1, RegistryNames.DigestTypes, prints: false),
            Field.Hex("digest", minBytes: 1),
        ],
        Ds.CheckDigest);
}
