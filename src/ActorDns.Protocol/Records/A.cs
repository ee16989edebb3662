// RFC 1035 §3.4.1: https://www.rfc-editor.org/rfc/rfc1035#section-3.4.1
//
// +------------------------+
// |        address         |  4 octets
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>A: an IPv4 address of a host.</summary>
internal static class A
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.A,
        [
            new IPv4Field("address"),
        ]);
}
