// RFC 9460 §9: https://www.rfc-editor.org/rfc/rfc9460#section-9
//
// +------------------------+
// |        priority        |  2 octets
// +------------------------+
// /         target         /  domain name
// +------------------------+
// /       parameters       /  key, length, value each
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>HTTPS: SVCB for HTTP origins.</summary>
internal static class Https
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Https,
        [
            Field.U16("priority"),
            Field.Name("target", NameUse.Verbatim | NameUse.Additional),
            new ServiceParametersField("parameters"),
        ]);
}
