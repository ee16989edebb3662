// RFC 2535 §3.1: https://www.rfc-editor.org/rfc/rfc2535#section-3.1
//
// +------------------------+
// |         flags          |  2 octets
// +------------------------+
// |        protocol        |  1 octet
// +------------------------+
// |       algorithm        |  1 octet
// +------------------------+
// /       public key       /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>KEY: a public key before RFC 4034; today that of SIG(0) (RFC 3445 §3).</summary>
internal static class Key
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Key,
        [
            Field.U16("flags"),
            Field.U8("protocol"),
            Field.Algorithm("algorithm"),
            Field.Base64("public key"),
        ],
        Check);

    private const int FixedBytes = 4;
    private const int NoKeyFlags = 0xC0;

    /// <summary>Checks that a key is there exactly when the flags say so (RFC 2535 §3.1.2).</summary>
    private static string? Check(ReadOnlySpan<byte> rdata)
    {
        bool hasKey = rdata.Length > FixedBytes;
        if ((rdata[0] & NoKeyFlags) == NoKeyFlags)
            return hasKey ? "public key follows flags that say there is none" : null;
        return hasKey ? null : "public key is missing";
    }
}
