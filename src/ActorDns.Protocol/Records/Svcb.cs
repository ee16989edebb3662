// RFC 9460 §2.2: https://www.rfc-editor.org/rfc/rfc9460#section-2.2
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

/// <summary>SVCB: alternative endpoints of a service and their parameters.</summary>
internal static class Svcb
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Svcb,
        [
            Field.U16("priority"),
            Field.Name("target", NameUse.Verbatim | NameUse.Additional),
            new ServiceParametersField("parameters"),
        ]);
}
