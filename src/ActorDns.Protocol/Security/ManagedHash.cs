using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ActorDns.Protocol.Security;

/// <summary>
/// One-shot hashes and their sizes, by the base class library; SHA-224, which it lacks, by <see cref="Sha224"/>.
/// </summary>
internal static class ManagedHash
{
    /// <summary>Longest digest in octets.</summary>
    public const int MaxDigestBytes = 64;

    /// <summary>Longest input block in octets.</summary>
    public const int MaxBlockBytes = 128;

    /// <summary>Octets of a digest.</summary>
    public static int DigestBytes(HashFunction hash) => hash switch
    {
        HashFunction.Md5 => 16,
        HashFunction.Sha1 => 20,
        HashFunction.Sha224 => 28,
        HashFunction.Sha256 => 32,
        HashFunction.Sha384 => 48,
        HashFunction.Sha512 => 64,
        _ => throw new UnreachableException(),
    };

    /// <summary>Octets of an input block, beyond which HMAC hashes its key first (RFC 2104 §2).</summary>
    public static int BlockBytes(HashFunction hash) => hash is HashFunction.Sha384 or HashFunction.Sha512 ? 128 : 64;

    /// <summary>Hashes <paramref name="input"/> and returns the digest's octets.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 8945 §6 makes SHA-1 mandatory to implement.")]
    [SuppressMessage("Security", "CA5351", Justification = "Keys with MD5 are still in use; RFC 8945 §6 permits the implementation.")]
    public static int HashData(HashFunction hash, ReadOnlySpan<byte> input, Span<byte> digest)
    {
        switch (hash)
        {
            case HashFunction.Md5:
                return MD5.HashData(input, digest);
            case HashFunction.Sha1:
                return SHA1.HashData(input, digest);
            case HashFunction.Sha224:
                Sha224 sha224 = new();
                sha224.Append(input);
                sha224.Finish(digest);
                return DigestBytes(hash);
            case HashFunction.Sha256:
                return SHA256.HashData(input, digest);
            case HashFunction.Sha384:
                return SHA384.HashData(input, digest);
            case HashFunction.Sha512:
                return SHA512.HashData(input, digest);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The base class library's name of a hash; SHA-224 has none.</summary>
    public static HashAlgorithmName NameOf(HashFunction hash) => hash switch
    {
        HashFunction.Md5 => HashAlgorithmName.MD5,
        HashFunction.Sha1 => HashAlgorithmName.SHA1,
        HashFunction.Sha256 => HashAlgorithmName.SHA256,
        HashFunction.Sha384 => HashAlgorithmName.SHA384,
        HashFunction.Sha512 => HashAlgorithmName.SHA512,
        _ => throw new UnreachableException(),
    };
}
