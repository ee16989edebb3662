// RFC 1035 §3.3.3: https://www.rfc-editor.org/rfc/rfc1035#section-3.3.3
//
// +------------------------+
// /          host          /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>MB: the host of a mailbox (experimental).</summary>
internal static class Mb
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Mb,
        [
            Field.Name("host", NameUse.WellKnown | NameUse.Additional),
        ]);
}
