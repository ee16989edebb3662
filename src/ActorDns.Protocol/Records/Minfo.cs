// RFC 1035 §3.3.7: https://www.rfc-editor.org/rfc/rfc1035#section-3.3.7
//
// +------------------------+
// /  responsible mailbox   /  domain name
// +------------------------+
// /     error mailbox      /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>MINFO: mailboxes that look after a mailing list (experimental).</summary>
internal static class Minfo
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Minfo,
        [
            Field.Name("responsible mailbox", NameUse.WellKnown),
            Field.Name("error mailbox", NameUse.WellKnown),
        ]);
}
