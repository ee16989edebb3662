// RFC 4255 §3.1: https://www.rfc-editor.org/rfc/rfc4255#section-3.1
//
// +------------------------+
// |       algorithm        |  1 octet
// +------------------------+
// |    fingerprint type    |  1 octet
// +------------------------+
// /      fingerprint       /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>SSHFP: the fingerprint of an SSH host key.</summary>
internal static class Sshfp
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Sshfp,
        [
            Field.U8("algorithm"),
            Field.U8("fingerprint type"),
            Field.Hex("fingerprint", minBytes: 0), // Of a type that nobody knows yet it may be empty: BIND serves such records.
        ],
        Check);

    private const int FixedBytes = 2;

    /// <summary>Checks the length of SHA-1 and SHA-256 fingerprints (RFC 4255 §3.1.2, RFC 6594 §4).</summary>
    private static string? Check(ReadOnlySpan<byte> rdata)
    {
        int expected = rdata[FixedBytes - 1] switch
        {
            1 => 20,
            2 => 32,
            _ => -1,
        };
        return expected < 0 || rdata.Length - FixedBytes == expected
            ? null
            : $"fingerprint has {rdata.Length - FixedBytes} octets, its type has {expected}";
    }
}
