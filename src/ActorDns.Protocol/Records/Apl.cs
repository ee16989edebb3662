// RFC 3123 §4: https://www.rfc-editor.org/rfc/rfc3123#section-4
//
// +------------------------+
// /    address prefixes    /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>APL: address prefixes, some of them negated; may be empty.</summary>
internal static class Apl
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Apl,
        [
            new AddressPrefixesField("prefixes"),
        ]);
}
