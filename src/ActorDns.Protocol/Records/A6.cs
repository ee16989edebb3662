// RFC 2874 §3.1: https://www.rfc-editor.org/rfc/rfc2874#section-3.1
//
// +------------------------+
// |     prefix length      |  1 octet
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>A6: a part of an IPv6 address and the name of the rest; historic (RFC 6563 §3).</summary>
internal static class A6
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.A6,
        [
            new A6Field("address"),
        ]);
}
