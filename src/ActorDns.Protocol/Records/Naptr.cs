// RFC 3403 §4.1: https://www.rfc-editor.org/rfc/rfc3403#section-4.1
//
// +------------------------+
// |         order          |  2 octets
// +------------------------+
// |       preference       |  2 octets
// +------------------------+
// /         flags          /  character-string
// +------------------------+
// /        services        /  character-string
// +------------------------+
// /         regexp         /  character-string
// +------------------------+
// /      replacement       /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>NAPTR: a rule that rewrites a string into a name or a URI.</summary>
internal static class Naptr
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Naptr,
        [
            Field.U16("order"),
            Field.U16("preference"),
            Field.String("flags"),
            Field.String("services"),
            Field.String("regexp"),
            Field.Name("replacement", NameUse.Early),
        ]);
}
