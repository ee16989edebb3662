// RFC 1035 §3.3.13: https://www.rfc-editor.org/rfc/rfc1035#section-3.3.13
//
// +------------------------+
// /  primary name server   /  domain name
// +------------------------+
// /  responsible mailbox   /  domain name
// +------------------------+
// |         serial         |  4 octets
// +------------------------+
// |        refresh         |  4 octets, seconds
// +------------------------+
// |         retry          |  4 octets, seconds
// +------------------------+
// |         expire         |  4 octets, seconds
// +------------------------+
// |        minimum         |  4 octets, seconds
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>SOA: start of a zone of authority.</summary>
internal static class Soa
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Soa,
        [
            Field.Name("primary name server", NameUse.WellKnown),
            Field.Name("responsible mailbox", NameUse.WellKnown),
            Field.U32("serial"),
            Field.Period("refresh"),
            Field.Period("retry"),
            Field.Period("expire"),
            Field.Period("minimum"),
        ]);
}
