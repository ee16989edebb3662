using System.Buffers.Binary;
using ActorDns.Protocol.Names;

namespace ActorDns.Protocol.Records;

/// <summary>Valid SOA RDATA, read in place (RFC 1035 §3.3.13). Times are in seconds.</summary>
public readonly ref struct SoaData
{
    private const int NumberBytes = 20;
    private readonly ReadOnlySpan<byte> _numbers;

    /// <summary>Looks at <paramref name="rdata"/>, which has the form of SOA.</summary>
    public SoaData(ReadOnlySpan<byte> rdata)
    {
        int primary = WireName.LengthOf(rdata);
        PrimaryName = rdata[..primary];
        ResponsibleName = rdata[primary..^NumberBytes];
        _numbers = rdata[^NumberBytes..];
    }

    /// <summary>Offset of the serial in the RDATA of an SOA, for writers that change it in place.</summary>
    public static int SerialOffset(ReadOnlySpan<byte> rdata) => rdata.Length - NumberBytes;

    /// <summary>MNAME, the primary name server.</summary>
    public ReadOnlySpan<byte> PrimaryName { get; }

    /// <summary>RNAME, the mailbox of the person responsible.</summary>
    public ReadOnlySpan<byte> ResponsibleName { get; }

    /// <summary>SERIAL, the version of the zone.</summary>
    public Serial Serial => new(BinaryPrimitives.ReadUInt32BigEndian(_numbers));

    /// <summary>REFRESH: how often a secondary asks for the serial.</summary>
    public uint RefreshSeconds => BinaryPrimitives.ReadUInt32BigEndian(_numbers[4..]);

    /// <summary>RETRY: how long it waits after a failure.</summary>
    public uint RetrySeconds => BinaryPrimitives.ReadUInt32BigEndian(_numbers[8..]);

    /// <summary>EXPIRE: how long it serves the zone without a word from a primary.</summary>
    public uint ExpireSeconds => BinaryPrimitives.ReadUInt32BigEndian(_numbers[12..]);

    /// <summary>MINIMUM: with the SOA's own TTL, the bound of negative answers (RFC 2308 §4).</summary>
    public uint MinimumSeconds => BinaryPrimitives.ReadUInt32BigEndian(_numbers[16..]);
}
