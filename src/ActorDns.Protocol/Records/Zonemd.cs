// RFC 8976 §2.2: https://www.rfc-editor.org/rfc/rfc8976#section-2.2
//
// +------------------------+
// |         serial         |  4 octets
// +------------------------+
// |         scheme         |  1 octet
// +------------------------+
// |     hash algorithm     |  1 octet
// +------------------------+
// /         digest         /  to the end
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>ZONEMD: a digest over a whole zone.</summary>
internal static class Zonemd
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Zonemd,
        [
            Field.U32("serial"),
            Field.U8("scheme"),
            Field.U8("hash algorithm"),
            Field.Hex("digest", minBytes: 12),
        ],
        Check);

    private const int FixedBytes = 6;

    /// <summary>Checks the length of digests of known algorithms (RFC 8976 §2.2.3).</summary>
    private static string? Check(ReadOnlySpan<byte> rdata)
    {
        int expected = rdata[FixedBytes - 1] switch
        {
            1 => 48,
            2 => 64,
            _ => -1,
        };
        return expected < 0 || rdata.Length - FixedBytes == expected
            ? null
            : $"digest has {rdata.Length - FixedBytes} octets, its algorithm has {expected}";
    }
}
