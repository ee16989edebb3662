using System.Security.Cryptography;

namespace ActorDns.Protocol.Security;

/// <summary>
/// HMAC (RFC 2104 §2) prepared for one secret: the hash states after the inner and the outer padding. Immutable but for a spare
/// of the fallback, and so shared by all threads; each computation is a <see cref="HmacRun"/>.
/// </summary>
internal sealed unsafe class HmacTemplate
{
    private readonly byte[] _secret;
    private readonly byte[] _innerPad;
    private readonly byte[] _outerPad;
    private readonly byte[] _innerState = [];
    private readonly byte[] _outerState = [];
    private ManagedHmac? _spare;

    public HmacTemplate(HashFunction hash, ReadOnlySpan<byte> secret, bool preferNative = true)
    {
        Hash = hash;
        DigestBytes = ManagedHash.DigestBytes(hash);
        int blockBytes = ManagedHash.BlockBytes(hash);

        // A key longer than a block is replaced by its digest (RFC 2104 §2).
        byte[] key = new byte[blockBytes];
        if (secret.Length > blockBytes)
            ManagedHash.HashData(hash, secret, key);
        else
            secret.CopyTo(key);
        _secret = key;
        _innerPad = new byte[blockBytes];
        _outerPad = new byte[blockBytes];
        for (int at = 0; at < blockBytes; at++)
        {
            _innerPad[at] = (byte)(key[at] ^ 0x36);
            _outerPad[at] = (byte)(key[at] ^ 0x5C);
        }

        if (preferNative && LibCrypto.TryGet(hash, out LibCrypto.Functions functions))
        {
            Functions = functions;
            _innerState = StateAfter(functions, _innerPad);
            _outerState = StateAfter(functions, _outerPad);
            IsNative = true;
        }
    }

    public HashFunction Hash { get; }

    public int DigestBytes { get; }

    /// <summary>True when the computations run in the native library.</summary>
    public bool IsNative { get; }

    public LibCrypto.Functions Functions { get; }

    public ReadOnlySpan<byte> InnerState => _innerState;

    public ReadOnlySpan<byte> OuterState => _outerState;

    /// <summary>
    /// Takes the spare fallback or makes one; given back by <see cref="Return"/> after its result has been read.
    /// </summary>
    public ManagedHmac Rent() =>
        Interlocked.Exchange(ref _spare, null) ?? new ManagedHmac(Hash, _secret, _innerPad, _outerPad);

    public void Return(ManagedHmac hmac) => Interlocked.Exchange(ref _spare, hmac)?.Dispose();

    private static byte[] StateAfter(LibCrypto.Functions functions, byte[] pad)
    {
        byte[] state = new byte[functions.StateBytes];
        fixed (byte* running = state)
        fixed (byte* octets = pad)
        {
            if (functions.Init(running) != 1 || functions.Update(running, octets, (nuint)pad.Length) != 1)
                throw new CryptographicException("the native hash refused a key's padding");
        }

        return state;
    }
}
