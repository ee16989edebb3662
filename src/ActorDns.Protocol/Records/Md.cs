// RFC 1035 §3.3.4: https://www.rfc-editor.org/rfc/rfc1035#section-3.3.4
//
// +------------------------+
// /          host          /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>MD: a mail destination; obsolete, MX took its place.</summary>
internal static class Md
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Md,
        [
            Field.Name("host", NameUse.WellKnown),
        ]);
}
