// RFC 7553 §4.5: https://www.rfc-editor.org/rfc/rfc7553#section-4.5
//
// +------------------------+
// |        priority        |  2 octets
// +------------------------+
// |         weight         |  2 octets
// +------------------------+
// /         target         /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>URI: a URI of a service.</summary>
internal static class Uri
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Uri,
        [
            Field.U16("priority"),
            Field.U16("weight"),
            new QuotedRestField("target", minBytes: 1, needsQuotes: true),
        ]);
}
