using System.Diagnostics;
using System.Security.Cryptography;

namespace ActorDns.Protocol.Security;

/// <summary>A reusable running HMAC without the native library. Not thread safe; one computation at a time.</summary>
internal sealed class ManagedHmac : IDisposable
{
    private readonly IncrementalHash? _incremental;
    private readonly Sha224? _sha224;
    private readonly byte[] _innerPad = [];
    private readonly byte[] _outerPad = [];

    public ManagedHmac(HashFunction hash, ReadOnlySpan<byte> secret, byte[] innerPad, byte[] outerPad)
    {
        if (hash == HashFunction.Sha224)
        {
            _innerPad = innerPad;
            _outerPad = outerPad;
            _sha224 = new Sha224();
            _sha224.Append(_innerPad);
        }
        else
        {
            _incremental = IncrementalHash.CreateHMAC(ManagedHash.NameOf(hash), secret);
        }
    }

    public void Append(ReadOnlySpan<byte> input)
    {
        if (_incremental is not null)
            _incremental.AppendData(input);
        else
            _sha224!.Append(input);
    }

    /// <summary>Writes the whole MAC and starts anew.</summary>
    public void Finish(Span<byte> mac)
    {
        if (_incremental is not null)
        {
            bool fits = _incremental.TryGetHashAndReset(mac, out _);
            Debug.Assert(fits, "Callers offer room for the longest digest.");
            return;
        }

        Span<byte> inner = stackalloc byte[28];
        _sha224!.Finish(inner);
        _sha224.Append(_outerPad);
        _sha224.Append(inner);
        _sha224.Finish(mac);
        _sha224.Append(_innerPad);
    }

    public void Dispose() => _incremental?.Dispose();
}
