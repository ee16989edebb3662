// RFC 1035 §3.3.11: https://www.rfc-editor.org/rfc/rfc1035#section-3.3.11
//
// +------------------------+
// /      name server       /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>NS: an authoritative name server of the owner.</summary>
internal static class Ns
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Ns,
        [
            Field.Name("name server", NameUse.WellKnown | NameUse.Additional),
        ]);
}
