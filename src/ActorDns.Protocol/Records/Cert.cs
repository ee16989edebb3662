// RFC 4398 §2: https://www.rfc-editor.org/rfc/rfc4398#section-2
//
// +------------------------+
// |          type          |  2 octets
// +------------------------+
// |        key tag         |  2 octets
// +------------------------+
// |       algorithm        |  1 octet
// +------------------------+
// /      certificate       /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>CERT: a certificate or a revocation list.</summary>
internal static class Cert
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Cert,
        [
            new MnemonicField("type", 2, RegistryNames.CertificateTypes, prints: true),
            Field.U16("key tag"),
            new MnemonicField("algorithm", 1, RegistryNames.Algorithms, prints: true),
            Field.Base64("certificate", minBytes: 1),
        ]);
}
