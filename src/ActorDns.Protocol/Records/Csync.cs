// RFC 7477 §2.1.1: https://www.rfc-editor.org/rfc/rfc7477#section-2.1.1
//
// +------------------------+
// |         serial         |  4 octets
// +------------------------+
// |         flags          |  2 octets
// +------------------------+
// /         types          /  windows of type bits
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>CSYNC: the types that a parent is asked to copy from its child.</summary>
internal static class Csync
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Csync,
        [
            Field.U32("serial"),
            Field.U16("flags"),
            new TypeBitmapField("types", allowsEmpty: true),
        ]);
}
