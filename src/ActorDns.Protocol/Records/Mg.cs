// RFC 1035 §3.3.6: https://www.rfc-editor.org/rfc/rfc1035#section-3.3.6
//
// +------------------------+
// /        mailbox         /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>MG: a member of a mail group (experimental).</summary>
internal static class Mg
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Mg,
        [
            Field.Name("mailbox", NameUse.WellKnown),
        ]);
}
