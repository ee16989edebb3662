using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Lookup;

/// <summary>The hashed owner names of RFC 5155 §5.</summary>
public static class Nsec3Hash
{
    private const byte Sha1Algorithm = 1;
    private const int HashBytes = 20;
    private const int LabelBytes = 32;

    /// <summary>
    /// Writes the owner name that the NSEC3 record of <paramref name="name"/> has in the zone and returns its length; 0 when the zone's
    /// hash algorithm is not SHA-1, the only one defined (RFC 5155 §11).
    /// </summary>
    public static int OwnerName(ZoneSnapshot zone, ReadOnlySpan<byte> name, Span<byte> destination)
    {
        ReadOnlySpan<byte> origin = zone.Origin.Wire;
        if (zone.Nsec3Parameters.Algorithm != Sha1Algorithm || 1 + LabelBytes + origin.Length > WireName.MaxBytes)
            return 0;
        Span<byte> hash = stackalloc byte[HashBytes];
        Compute(name, zone.Nsec3Parameters.Salt, zone.Nsec3Parameters.Iterations, hash);
        destination[0] = LabelBytes;
        WriteBase32Hex(hash, destination[1..]);
        origin.CopyTo(destination[(1 + LabelBytes)..]);
        return 1 + LabelBytes + origin.Length;
    }

    /// <summary>IH(salt, x, k) of RFC 5155 §5 over the canonical wire form of the name.</summary>
    [SuppressMessage(
        "Security",
        "CA5350",
        Justification = "SHA-1 is the one hash that RFC 5155 §11 defines; it hides names, it signs nothing.")]
    public static void Compute(ReadOnlySpan<byte> name, ReadOnlySpan<byte> salt, int iterations, Span<byte> hash)
    {
        Span<byte> input = stackalloc byte[WireName.MaxBytes + 255];
        WireName.CopyFolded(name, input);
        salt.CopyTo(input[name.Length..]);
        SHA1.HashData(input[..(name.Length + salt.Length)], hash);
        salt.CopyTo(input[HashBytes..]);
        for (int i = 0; i < iterations; i++)
        {
            hash.CopyTo(input);
            SHA1.HashData(input[..(HashBytes + salt.Length)], hash);
        }
    }

    /// <summary>Base 32 with the extended hex alphabet, lower case, no padding (RFC 4648 §7): 20 octets become 32.</summary>
    private static void WriteBase32Hex(ReadOnlySpan<byte> hash, Span<byte> destination)
    {
        ReadOnlySpan<byte> digits = "0123456789abcdefghijklmnopqrstuv"u8;
        int at = 0;
        for (int block = 0; block < HashBytes; block += 5)
        {
            ulong bits = 0;
            for (int i = 0; i < 5; i++)
                bits = (bits << 8) | hash[block + i];
            for (int shift = 35; shift >= 0; shift -= 5)
                destination[at++] = digits[(int)(bits >> shift) & 0x1F];
        }
    }
}
