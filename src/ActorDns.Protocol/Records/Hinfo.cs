// RFC 1035 §3.3.2: https://www.rfc-editor.org/rfc/rfc1035#section-3.3.2
//
// +------------------------+
// /          CPU           /  character-string
// +------------------------+
// /           OS           /  character-string
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>HINFO: processor and operating system; also the answer to ANY (RFC 8482 §4.2).</summary>
internal static class Hinfo
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Hinfo,
        [
            Field.String("CPU"),
            Field.String("OS"),
        ]);
}
