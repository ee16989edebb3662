// RFC 1706 §5: https://www.rfc-editor.org/rfc/rfc1706#section-5
//
// +------------------------+
// /      NSAP address      /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>NSAP: an OSI network address.</summary>
internal static class Nsap
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Nsap,
        [
            new NsapField("NSAP address"),
        ]);
}
