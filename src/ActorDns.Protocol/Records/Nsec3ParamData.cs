using System.Buffers.Binary;

namespace ActorDns.Protocol.Records;

/// <summary>Valid NSEC3PARAM RDATA, or the start of NSEC3's which is alike, read in place (RFC 5155 §4.2).</summary>
public readonly ref struct Nsec3ParamData
{
    private const int SaltOffset = 5;
    private readonly ReadOnlySpan<byte> _rdata;

    /// <summary>Looks at <paramref name="rdata"/>, which has the form of NSEC3PARAM or NSEC3.</summary>
    public Nsec3ParamData(ReadOnlySpan<byte> rdata) => _rdata = rdata;

    /// <summary>The hash algorithm; 1 is SHA-1.</summary>
    public byte HashAlgorithm => _rdata[0];

    /// <summary>The flags; all 0 in NSEC3PARAM (RFC 5155 §4.1.2).</summary>
    public byte Flags => _rdata[1];

    /// <summary>How many times more the hash is applied; 0 by RFC 9276 §3.1.</summary>
    public ushort Iterations => BinaryPrimitives.ReadUInt16BigEndian(_rdata[2..]);

    /// <summary>The salt; empty by RFC 9276 §3.1.</summary>
    public ReadOnlySpan<byte> Salt => _rdata.Slice(SaltOffset, _rdata[SaltOffset - 1]);

    /// <summary>Octets from the algorithm to the end of the salt.</summary>
    public int Bytes => SaltOffset + _rdata[SaltOffset - 1];
}
