// RFC 1035 §3.3.9: https://www.rfc-editor.org/rfc/rfc1035#section-3.3.9
//
// +------------------------+
// |       preference       |  2 octets
// +------------------------+
// /        exchange        /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>MX: a mail exchange; the one with the lowest preference value comes first.</summary>
internal static class Mx
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Mx,
        [
            Field.U16("preference"),
            Field.Name("exchange", NameUse.WellKnown | NameUse.Additional),
        ]);
}
