// RFC 7929 §2.1: https://www.rfc-editor.org/rfc/rfc7929#section-2.1
//
// +------------------------+
// /       public key       /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>OPENPGPKEY: the OpenPGP key of a mail user.</summary>
internal static class OpenPgpKey
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.OpenPgpKey,
        [
            Field.Base64("public key", minBytes: 1),
        ]);
}
