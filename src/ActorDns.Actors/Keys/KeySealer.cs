using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Keys;

namespace ActorDns.Actors.Keys;

/// <summary>
/// Seals the secrets of registered keys with AES-GCM under the cluster secret, opens them, and authenticates what a node keeps of them.
/// The sealed form names the cluster secret that it was made with by a digest, so that a new one can take over while the old one still
/// opens; name, generation, algorithm and purpose of the key are bound to it, so that no row can be passed off as another.
/// </summary>
/// <remarks>
/// <code>
/// | format 1 | id of the cluster secret, 8 | nonce, 12 | secret, encrypted | tag, 16 |
/// </code>
/// </remarks>
public sealed class KeySealer
{
    /// <summary>Least octets of a cluster secret.</summary>
    public const int LeastSecretBytes = 32;

    private const byte Format = 1;
    private const int IdBytes = 8;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeadBytes = 1 + IdBytes + NonceBytes;
    private const int CipherKeyBytes = 32;
    private const int MacKeyBytes = 32;
    private readonly (byte[] Id, byte[] CipherKey, byte[] MacKey)[] _secrets;

    /// <summary>Takes the cluster's secrets: the first seals, all of them open.</summary>
    /// <exception cref="ArgumentException">There is none, or one is too short.</exception>
    public KeySealer(IReadOnlyList<byte[]> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        if (secrets.Count == 0 || secrets.Any(secret => secret.Length < LeastSecretBytes))
            throw new ArgumentException("a cluster secret has 32 octets or more", nameof(secrets));
        _secrets =
        [
            .. secrets.Select(secret => (
                Derive(secret, "actordns id of the cluster secret", IdBytes),
                Derive(secret, "actordns sealed keys", CipherKeyBytes),
                Derive(secret, "actordns kept keys", MacKeyBytes))),
        ];
    }

    /// <summary>Seals a key's secret.</summary>
    public byte[] Seal(RegisteredKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Secret is not { } secret)
            return [];
        byte[] made = new byte[HeadBytes + secret.Length + TagBytes];
        made[0] = Format;
        _secrets[0].Id.CopyTo(made, 1);
        Span<byte> nonce = made.AsSpan(1 + IdBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using AesGcm cipher = new(_secrets[0].CipherKey, TagBytes);
        cipher.Encrypt(nonce, secret.Octets, made.AsSpan(HeadBytes, secret.Length), made.AsSpan(HeadBytes + secret.Length), Bound(key));
        return made;
    }

    /// <summary>Opens a sealed secret; null when no secret here opens it, or when it is not this key's.</summary>
    public TsigSecret? Open(ReadOnlySpan<byte> sealedSecret, RegisteredKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        int length = sealedSecret.Length - HeadBytes - TagBytes;
        if (length <= 0 || sealedSecret[0] != Format)
            return null;
        byte[] opened = new byte[length];
        foreach ((byte[] id, byte[] cipherKey, _) in _secrets)
        {
            if (!sealedSecret.Slice(1, IdBytes).SequenceEqual(id))
                continue;
            try
            {
                using AesGcm cipher = new(cipherKey, TagBytes);
                cipher.Decrypt(
                    sealedSecret.Slice(1 + IdBytes, NonceBytes),
                    sealedSecret.Slice(HeadBytes, length),
                    sealedSecret[(HeadBytes + length)..],
                    opened,
                    Bound(key));
                return new TsigSecret(opened);
            }
            catch (AuthenticationTagMismatchException)
            {
                return null;
            }
            finally
            {
                CryptographicOperations.ZeroMemory(opened);
            }
        }

        return null;
    }

    /// <summary>True when a sealed secret was made with the first of the cluster's secrets.</summary>
    public bool IsCurrent(ReadOnlySpan<byte> sealedSecret) =>
        sealedSecret.Length > HeadBytes && sealedSecret.Slice(1, IdBytes).SequenceEqual(_secrets[0].Id);

    /// <summary>
    /// Makes an authenticator for a text: the id of the first cluster secret, and HMAC-SHA-256 under a key derived from it.
    /// </summary>
    public byte[] Authenticate(ReadOnlySpan<byte> text) => [.. _secrets[0].Id, .. HMACSHA256.HashData(_secrets[0].MacKey, text)];

    /// <summary>Compares a text with an authenticator, in hexadecimal capitals, that any of the cluster's secrets may have made.</summary>
    public Authenticity Check(ReadOnlySpan<byte> text, ReadOnlySpan<byte> hex)
    {
        byte[] given = new byte[IdBytes + HMACSHA256.HashSizeInBytes];
        if (hex.Length != given.Length * 2
            || hex.ContainsAnyInRange((byte)'a', (byte)'z')
            || Convert.FromHexString(hex, given, out _, out _) != OperationStatus.Done)
        {
            return Authenticity.Altered;
        }

        foreach ((byte[] id, _, byte[] macKey) in _secrets)
        {
            if (!given.AsSpan(0, IdBytes).SequenceEqual(id))
                continue;
            return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(macKey, text), given.AsSpan(IdBytes))
                ? Authenticity.Authentic
                : Authenticity.Altered;
        }

        return Authenticity.OtherSecret;
    }

    private static byte[] Derive(byte[] secret, string purpose, int bytes) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, bytes, info: Encoding.ASCII.GetBytes(purpose));

    // Each part is ended by what cannot be in it, so that no two keys are bound to the same octets.
    private static byte[] Bound(RegisteredKey key)
    {
        byte[] generation = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(generation, key.Generation);
        return
        [
            (byte)key.Kind,
            .. Encoding.ASCII.GetBytes(key.Line.ToString().ToLowerInvariant()), 0,
            .. Encoding.ASCII.GetBytes(key.Name.ToString().ToLowerInvariant()), 0,
            .. Encoding.ASCII.GetBytes(key.Algorithm), 0,
            .. generation,
        ];
    }
}
