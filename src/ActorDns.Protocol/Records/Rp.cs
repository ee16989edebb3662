// RFC 1183 §2.2: https://www.rfc-editor.org/rfc/rfc1183#section-2.2
//
// +------------------------+
// /        mailbox         /  domain name
// +------------------------+
// /       text name        /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>RP: mailbox of the person responsible, and where to find TXT about them.</summary>
internal static class Rp
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Rp,
        [
            Field.Name("mailbox", NameUse.Early),
            Field.Name("text name", NameUse.Early),
        ]);
}
