// RFC 1035 §3.3.5: https://www.rfc-editor.org/rfc/rfc1035#section-3.3.5
//
// +------------------------+
// /          host          /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>MF: a mail forwarder; obsolete, MX took its place.</summary>
internal static class Mf
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Mf,
        [
            Field.Name("host", NameUse.WellKnown),
        ]);
}
