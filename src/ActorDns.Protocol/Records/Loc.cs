// RFC 1876 §2: https://www.rfc-editor.org/rfc/rfc1876#section-2
//
// +------------------------+
// /        location        /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>LOC: a place on or above the Earth.</summary>
internal static class Loc
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Loc,
        [
            new LocationField("location"),
        ]);
}
