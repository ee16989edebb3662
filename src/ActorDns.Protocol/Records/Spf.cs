// RFC 7208 §3.1: https://www.rfc-editor.org/rfc/rfc7208#section-3.1
//
// +------------------------+
// /          text          /  character-strings
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>SPF: the text of a sender policy in a type of its own; TXT took its place.</summary>
internal static class Spf
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Spf,
        [
            new StringsField("text"),
        ]);
}
