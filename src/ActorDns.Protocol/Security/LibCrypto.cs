using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActorDns.Protocol.Security;

/// <summary>
/// The low-level hash functions of OpenSSL 3, whose running state is a plain block of memory. Copying the state that a key's
/// padding leaves behind saves two of the four compressions of a short HMAC, and the set-up of a managed hash object.
/// </summary>
internal static unsafe class LibCrypto
{
    /// <summary>
    /// Octets of the largest running state, SHA-512's, by the ABI that the library's version number 3 promises.
    /// </summary>
    public const int MaxStateBytes = 216;

    private const string LibraryName = "libcrypto.so.3";

    private static readonly Functions[] Table = Load();

    /// <summary>
    /// The functions of one hash, or false when the library does not offer them or they do not work as expected.
    /// </summary>
    public static bool TryGet(HashFunction hash, out Functions functions)
    {
        functions = Table[(int)hash];
        return functions.Update != null;
    }

    private static Functions[] Load()
    {
        var table = new Functions[Enum.GetValues<HashFunction>().Length];
        if (!NativeLibrary.TryLoad(LibraryName, out nint library))
            return table;
        foreach (HashFunction hash in Enum.GetValues<HashFunction>())
        {
            if (TryBind(library, hash, out Functions functions) && AgreesWithManaged(hash, functions))
                table[(int)hash] = functions;
        }

        return table;
    }

    private static bool TryBind(nint library, HashFunction hash, out Functions functions)
    {
        (string prefix, int stateBytes) = hash switch
        {
            HashFunction.Md5 => ("MD5", 92),
            HashFunction.Sha1 => ("SHA1", 96),
            HashFunction.Sha224 => ("SHA224", 112),
            HashFunction.Sha256 => ("SHA256", 112),
            HashFunction.Sha384 => ("SHA384", MaxStateBytes),
            HashFunction.Sha512 => ("SHA512", MaxStateBytes),
            _ => throw new UnreachableException(),
        };
        functions = default;
        if (!NativeLibrary.TryGetExport(library, prefix + "_Init", out nint init)
            || !NativeLibrary.TryGetExport(library, prefix + "_Update", out nint update)
            || !NativeLibrary.TryGetExport(library, prefix + "_Final", out nint final))
        {
            return false;
        }

        functions = new Functions
        {
            Init = (delegate* unmanaged<void*, int>)init,
            Update = (delegate* unmanaged<void*, void*, nuint, int>)update,
            Final = (delegate* unmanaged<byte*, void*, int>)final,
            StateBytes = stateBytes,
        };
        return true;
    }

    // A build with another layout, or one that refuses a hash by policy, must show here and not in a wrong MAC. The state is
    // copied half way, as every use does, and stands in a block large enough for any layout.
    private static bool AgreesWithManaged(HashFunction hash, Functions functions)
    {
        Span<byte> input = stackalloc byte[200];
        for (int at = 0; at < input.Length; at++)
            input[at] = (byte)at;
        byte* first = stackalloc byte[1024];
        byte* second = stackalloc byte[1024];
        byte* digest = stackalloc byte[64];
        fixed (byte* octets = input)
        {
            if (functions.Init(first) != 1 || functions.Update(first, octets, 131) != 1)
                return false;
            Buffer.MemoryCopy(first, second, 1024, functions.StateBytes);
            if (functions.Update(second, octets + 131, 69) != 1 || functions.Final(digest, second) != 1)
                return false;
        }

        Span<byte> expected = stackalloc byte[64];
        int length = ManagedHash.HashData(hash, input, expected);
        return expected[..length].SequenceEqual(new ReadOnlySpan<byte>(digest, length));
    }

    /// <summary>Entry points and state size of one hash.</summary>
    internal struct Functions
    {
        public delegate* unmanaged<void*, int> Init;
        public delegate* unmanaged<void*, void*, nuint, int> Update;
        public delegate* unmanaged<byte*, void*, int> Final;
        public int StateBytes;
    }
}
