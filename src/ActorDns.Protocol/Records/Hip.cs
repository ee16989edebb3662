// RFC 8005 §5: https://www.rfc-editor.org/rfc/rfc8005#section-5
//
// +------------------------+
// /     host identity      /  lengths, algorithm, HIT, key, names
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>HIP: host identity, public key and rendezvous servers.</summary>
internal static class Hip
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Hip,
        [
            new HostIdentityField("host identity"),
        ]);
}
