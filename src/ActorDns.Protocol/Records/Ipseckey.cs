// RFC 4025 §2.1: https://www.rfc-editor.org/rfc/rfc4025#section-2.1
//
// +------------------------+
// |       precedence       |  1 octet
// +------------------------+
// /        gateway         /  type, algorithm, gateway
// +------------------------+
// /       public key       /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>IPSECKEY: a public key and a gateway for IPsec.</summary>
internal static class Ipseckey
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Ipseckey,
        [
            Field.U8("precedence"),
            new IpsecGatewayField("gateway"),
            Field.Base64("public key"),
        ]);
}
