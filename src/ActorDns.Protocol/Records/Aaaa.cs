// RFC 3596 §2.2: https://www.rfc-editor.org/rfc/rfc3596#section-2.2
//
// +------------------------+
// |        address         |  16 octets
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>AAAA: an IPv6 address of a host.</summary>
internal static class Aaaa
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Aaaa,
        [
            new IPv6Field("address"),
        ]);
}
