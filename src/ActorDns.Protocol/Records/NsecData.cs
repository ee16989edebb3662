using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>Valid NSEC RDATA, read in place (RFC 4034 §4.1).</summary>
public readonly ref struct NsecData
{
    /// <summary>Looks at <paramref name="rdata"/>, which has the form of NSEC.</summary>
    public NsecData(ReadOnlySpan<byte> rdata)
    {
        int next = WireName.LengthOf(rdata);
        NextName = rdata[..next];
        Bitmap = rdata[next..];
    }

    /// <summary>The next owner name of the zone in canonical order.</summary>
    public ReadOnlySpan<byte> NextName { get; }

    /// <summary>The types at the owner; see <see cref="TypeBitmap"/>.</summary>
    public ReadOnlySpan<byte> Bitmap { get; }

    /// <summary>True when the owner has records of <paramref name="type"/>.</summary>
    public bool Contains(RecordType type) => TypeBitmap.Contains(Bitmap, type);
}
