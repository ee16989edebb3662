using System.Buffers.Binary;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>Valid RRSIG or SIG RDATA, read in place (RFC 4034 §3.1). Times are seconds since 1970 in serial arithmetic.</summary>
public readonly ref struct RrsigData
{
    /// <summary>Octets before the signer's name.</summary>
    public const int FixedBytes = 18;

    private readonly ReadOnlySpan<byte> _rdata;
    private readonly int _signerBytes;

    /// <summary>Looks at <paramref name="rdata"/>, which has the form of RRSIG.</summary>
    public RrsigData(ReadOnlySpan<byte> rdata)
    {
        _rdata = rdata;
        _signerBytes = WireName.LengthOf(rdata[FixedBytes..]);
    }

    /// <summary>The type that is signed.</summary>
    public RecordType TypeCovered => new(BinaryPrimitives.ReadUInt16BigEndian(_rdata));

    /// <summary>The algorithm of key and signature.</summary>
    public byte Algorithm => _rdata[2];

    /// <summary>Labels of the owner, root and a wildcard's <c>*</c> not counted.</summary>
    public byte Labels => _rdata[3];

    /// <summary>The TTL that was signed.</summary>
    public uint OriginalTtlSeconds => BinaryPrimitives.ReadUInt32BigEndian(_rdata[4..]);

    /// <summary>When the signature ceases to be valid.</summary>
    public uint Expiration => BinaryPrimitives.ReadUInt32BigEndian(_rdata[8..]);

    /// <summary>When the signature starts to be valid.</summary>
    public uint Inception => BinaryPrimitives.ReadUInt32BigEndian(_rdata[12..]);

    /// <summary>Which of the signer's keys made it.</summary>
    public ushort KeyTag => BinaryPrimitives.ReadUInt16BigEndian(_rdata[16..]);

    /// <summary>The zone whose key made it.</summary>
    public ReadOnlySpan<byte> SignerName => _rdata.Slice(FixedBytes, _signerBytes);

    /// <summary>RDATA before the signature, which is signed with the RRset (RFC 4034 §3.1.8.1), the signer's name as stored.</summary>
    public ReadOnlySpan<byte> SignedPart => _rdata[..(FixedBytes + _signerBytes)];

    /// <summary>The signature.</summary>
    public ReadOnlySpan<byte> Signature => _rdata[(FixedBytes + _signerBytes)..];
}
