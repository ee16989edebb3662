// RFC 4701 §3.1: https://www.rfc-editor.org/rfc/rfc4701#section-3.1
//
// +------------------------+
// /       identifier       /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>DHCID: which DHCP client the owner name belongs to.</summary>
internal static class Dhcid
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Dhcid,
        [
            Field.Base64("identifier", minBytes: 1),
        ]);
}
