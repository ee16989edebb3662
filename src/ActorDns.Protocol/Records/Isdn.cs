// RFC 1183 §3.2: https://www.rfc-editor.org/rfc/rfc1183#section-3.2
//
// +------------------------+
// /      ISDN address      /  character-string
// +------------------------+
// /       subaddress       /  character-string, optional
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>ISDN: an ISDN number and an optional subaddress.</summary>
internal static class Isdn
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Isdn,
        [
            Field.String("ISDN address"),
            new OptionalStringField("subaddress"),
        ]);
}
