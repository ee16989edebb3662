// RFC 1712 §3: https://www.rfc-editor.org/rfc/rfc1712#section-3
//
// +------------------------+
// /       longitude        /  character-string
// +------------------------+
// /        latitude        /  character-string
// +------------------------+
// /        altitude        /  character-string
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>GPOS: longitude, latitude and altitude as text; LOC took its place.</summary>
internal static class Gpos
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Gpos,
        [
            Field.String("longitude"),
            Field.String("latitude"),
            Field.String("altitude"),
        ]);
}
