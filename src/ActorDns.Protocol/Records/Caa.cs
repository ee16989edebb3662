// RFC 8659 §4.1: https://www.rfc-editor.org/rfc/rfc8659#section-4.1
//
// +------------------------+
// |         flags          |  1 octet
// +------------------------+
// |          tag           |  length octet and letters or digits
// +------------------------+
// /         value          /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>CAA: who may issue certificates for the owner.</summary>
internal static class Caa
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Caa,
        [
            Field.U8("flags"),
            new TagField("tag"),
            new QuotedRestField("value", minBytes: 0, needsQuotes: false),
        ]);
}
