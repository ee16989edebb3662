// RFC 4034 §4.1: https://www.rfc-editor.org/rfc/rfc4034#section-4.1
//
// +------------------------+
// /       next name        /  domain name
// +------------------------+
// /         types          /  windows of type bits
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>NSEC: the next owner name, and the types at this one.</summary>
internal static class Nsec
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Nsec,
        [
            Field.Name("next name", NameUse.Verbatim),
            new TypeBitmapField("types", allowsEmpty: false),
        ]);
}
