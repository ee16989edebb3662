// RFC 2535 §5.2: https://www.rfc-editor.org/rfc/rfc2535#section-5.2
//
// +------------------------+
// /       next name        /  domain name
// +------------------------+
// /         types          /  one bit a type below 128
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>NXT: what NSEC was before RFC 4034.</summary>
internal static class Nxt
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Nxt,
        [
            Field.Name("next name", NameUse.Early),
            new FlatBitmapField("types"),
        ]);
}
