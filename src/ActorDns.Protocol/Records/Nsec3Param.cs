// RFC 5155 §4.2: https://www.rfc-editor.org/rfc/rfc5155#section-4.2
//
// +------------------------+
// |     hash algorithm     |  1 octet
// +------------------------+
// |         flags          |  1 octet
// +------------------------+
// |       iterations       |  2 octets
// +------------------------+
// |          salt          |  length octet and octets
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>NSEC3PARAM: how a zone hashes its names.</summary>
internal static class Nsec3Param
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Nsec3Param,
        [
            Field.U8("hash algorithm"),
            Field.U8("flags"),
            Field.U16("iterations"),
            new SaltField("salt"),
        ]);
}
