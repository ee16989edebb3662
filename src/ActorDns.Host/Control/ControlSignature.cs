using System.Security.Cryptography;
using System.Text;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Control;

/// <summary>
/// How the control channel signs: HMAC over the encoded entries after <c>_auth</c>, as base64 without its padding for MD5, and behind an
/// octet for the algorithm and filled up with NUL for the SHA family.
/// </summary>
internal static class ControlSignature
{
    /// <summary>The name of the entry that holds the signature; it must be the first.</summary>
    public const string EntryName = "_auth";

    private const string Md5Name = "hmd5";
    private const string ShaName = "hsha";
    private const int Md5TextBytes = 22;
    private const int LongestMacBytes = 64;
    private const int ShaTextBytes = 88;

    /// <summary>The table of the signature for these octets.</summary>
    public static ControlTable Sign(TsigKey key, ReadOnlySpan<byte> signed) =>
        new ControlTable().Set(NameFor(key), Compute(key, signed));

    /// <summary>True when the signature in the table is this key's over these octets, compared in constant time.</summary>
    public static bool Verifies(TsigKey key, ControlTable auth, ReadOnlySpan<byte> signed)
    {
        foreach ((string name, byte[]? data, _) in auth.Entries)
        {
            if (name == NameFor(key) && data is not null)
                return CryptographicOperations.FixedTimeEquals(data, Compute(key, signed));
        }

        return false;
    }

    private static string NameFor(TsigKey key) => key.Algorithm == TsigAlgorithm.HmacMd5 ? Md5Name : ShaName;

    private static byte[] Compute(TsigKey key, ReadOnlySpan<byte> signed)
    {
        Span<byte> mac = stackalloc byte[LongestMacBytes];
        int length = key.ComputeMac(signed, mac);
        byte[] text = Encoding.ASCII.GetBytes(Convert.ToBase64String(mac[..length]));
        if (key.Algorithm == TsigAlgorithm.HmacMd5)
            return text[..Md5TextBytes];
        byte[] value = new byte[1 + ShaTextBytes];
        value[0] = NumberOf(key.Algorithm);
        text.CopyTo(value, 1);
        return value;
    }

    /// <summary>The number that BIND's crypto library gives the algorithm.</summary>
    private static byte NumberOf(TsigAlgorithm algorithm) => algorithm.DigestBytes switch
    {
        20 => 161,
        28 => 162,
        32 => 163,
        48 => 164,
        _ => 165,
    };
}
