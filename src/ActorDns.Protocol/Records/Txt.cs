// RFC 1035 §3.3.14: https://www.rfc-editor.org/rfc/rfc1035#section-3.3.14
//
// +------------------------+
// /          text          /  character-strings
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>TXT: one or more strings of text.</summary>
internal static class Txt
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Txt,
        [
            new StringsField("text"),
        ]);
}
