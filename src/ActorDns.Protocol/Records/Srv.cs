// RFC 2782: https://www.rfc-editor.org/rfc/rfc2782
//
// +------------------------+
// |        priority        |  2 octets
// +------------------------+
// |         weight         |  2 octets
// +------------------------+
// |          port          |  2 octets
// +------------------------+
// /         target         /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>SRV: host and port of a service.</summary>
internal static class Srv
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Srv,
        [
            Field.U16("priority"),
            Field.U16("weight"),
            Field.U16("port"),
            Field.Name("target", NameUse.Early | NameUse.Additional),
        ]);
}
