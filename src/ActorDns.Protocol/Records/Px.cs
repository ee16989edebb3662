// RFC 2163 §4: https://www.rfc-editor.org/rfc/rfc2163#section-4
//
// +------------------------+
// |       preference       |  2 octets
// +------------------------+
// /     RFC 822 domain     /  domain name
// +------------------------+
// /      X.400 domain      /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>PX: a mapping between RFC 822 and X.400 mail addresses.</summary>
internal static class Px
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Px,
        [
            Field.U16("preference"),
            Field.Name("RFC 822 domain", NameUse.Early),
            Field.Name("X.400 domain", NameUse.Early),
        ]);
}
