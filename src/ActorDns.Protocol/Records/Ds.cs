// RFC 4034 §5.1: https://www.rfc-editor.org/rfc/rfc4034#section-5.1
//
// +------------------------+
// |        key tag         |  2 octets
// +------------------------+
// |       algorithm        |  1 octet
// +------------------------+
// |      digest type       |  1 octet
// +------------------------+
// /         digest         /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>DS: the digest of a key of a child zone.</summary>
internal static class Ds
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Ds,
        [
            Field.U16("key tag"),
            Field.Algorithm("algorithm"),
            new MnemonicField("digest type", 1, RegistryNames.DigestTypes, prints: false),
            Field.Hex("digest", minBytes: 1),
        ],
        CheckDigest);

    private const int FixedBytes = 4;

    /// <summary>Checks the length of digests of known types (RFC 4034 §5.1.4, RFC 4509 §2.1, RFC 6605 §2).</summary>
    internal static string? CheckDigest(ReadOnlySpan<byte> rdata)
    {
        int expected = rdata[FixedBytes - 1] switch
        {
            1 => 20,
            2 => 32,
            4 => 48,
            _ => -1,
        };
        return expected < 0 || rdata.Length - FixedBytes == expected
            ? null
            : $"digest has {rdata.Length - FixedBytes} octets, its type has {expected}";
    }
}
