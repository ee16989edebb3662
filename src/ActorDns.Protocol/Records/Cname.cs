// RFC 1035 §3.3.1: https://www.rfc-editor.org/rfc/rfc1035#section-3.3.1
//
// +------------------------+
// /     canonical name     /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>CNAME: the canonical name of an alias.</summary>
internal static class Cname
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Cname,
        [
            Field.Name("canonical name", NameUse.WellKnown),
        ]);
}
