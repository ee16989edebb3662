// RFC 1183 §3.1: https://www.rfc-editor.org/rfc/rfc1183#section-3.1
//
// +------------------------+
// /      PSDN address      /  character-string
// +------------------------+
using System.Buffers;
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>X25: a PSDN address, decimal digits.</summary>
internal static class X25
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.X25,
        [
            Field.String("PSDN address"),
        ],
        Check);

    private const int MinDigits = 4;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    private static string? Check(ReadOnlySpan<byte> rdata) =>
        rdata.Length - 1 < MinDigits || rdata[1..].ContainsAnyExcept(Digits)
            ? "PSDN address is not four or more digits"
            : null;
}
