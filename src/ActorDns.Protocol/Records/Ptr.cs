// RFC 1035 §3.3.12: https://www.rfc-editor.org/rfc/rfc1035#section-3.3.12
//
// +------------------------+
// /          name          /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>PTR: a pointer to some other name.</summary>
internal static class Ptr
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Ptr,
        [
            Field.Name("name", NameUse.WellKnown),
        ]);
}
