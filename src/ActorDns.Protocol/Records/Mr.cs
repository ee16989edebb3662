// RFC 1035 §3.3.8: https://www.rfc-editor.org/rfc/rfc1035#section-3.3.8
//
// +------------------------+
// /        new name        /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>MR: the new name of a mailbox (experimental).</summary>
internal static class Mr
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Mr,
        [
            Field.Name("new name", NameUse.WellKnown),
        ]);
}
