// RFC 1035 §3.3.10: https://www.rfc-editor.org/rfc/rfc1035#section-3.3.10
//
// +------------------------+
// /        anything        /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>NULL: any octets (experimental); its only text is the generic one.</summary>
internal static class Null
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Null,
        [
            new OpaqueField(),
        ]);
}
