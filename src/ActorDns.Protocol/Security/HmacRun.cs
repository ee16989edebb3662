using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ActorDns.Protocol.Security;

/// <summary>
/// One HMAC computation: start, append, finish. Holds its running state in itself, so that it costs no allocation; it must not be
/// copied while it runs, and it may be kept in a field between pieces.
/// </summary>
internal unsafe struct HmacRun
{
    private HmacTemplate? _template;
    private ManagedHmac? _managed;
    private State _state;

    /// <summary>True between <see cref="Start"/> and <see cref="Finish"/>.</summary>
    public readonly bool IsRunning => _template is not null;

    public void Start(HmacTemplate template)
    {
        Debug.Assert(!IsRunning, "A run is finished before the next one starts.");
        _template = template;
        if (template.IsNative)
            template.InnerState.CopyTo(MemoryMarshal.AsBytes((Span<ulong>)_state));
        else
            _managed = template.Rent();
    }

    public void Append(ReadOnlySpan<byte> input)
    {
        Debug.Assert(IsRunning, "Only a started run takes input.");
        if (_managed is not null)
        {
            _managed.Append(input);
            return;
        }

        fixed (void* state = &_state)
        fixed (byte* octets = input)
        {
            if (_template!.Functions.Update(state, octets, (nuint)input.Length) != 1)
                ThrowRefused();
        }
    }

    /// <summary>Writes the whole digest, at most 64 octets, and returns how many they are.</summary>
    public int Finish(Span<byte> mac)
    {
        Debug.Assert(IsRunning, "Only a started run has a result.");
        HmacTemplate template = _template!;
        _template = null;
        if (_managed is not null)
        {
            _managed.Finish(mac);
            template.Return(_managed);
            _managed = null;
            return template.DigestBytes;
        }

        // The library writes a whole digest whatever the caller offers.
        ArgumentOutOfRangeException.ThrowIfLessThan(mac.Length, template.DigestBytes);
        LibCrypto.Functions functions = template.Functions;
        byte* inner = stackalloc byte[ManagedHash.MaxDigestBytes];
        fixed (void* state = &_state)
        fixed (byte* result = mac)
        {
            if (functions.Final(inner, state) != 1)
                ThrowRefused();
            template.OuterState.CopyTo(new Span<byte>(state, LibCrypto.MaxStateBytes));
            if (functions.Update(state, inner, (nuint)template.DigestBytes) != 1 || functions.Final(result, state) != 1)
                ThrowRefused();
        }

        return template.DigestBytes;
    }

    private static void ThrowRefused() => throw new CryptographicException("the native hash refused its input");

    [InlineArray(LibCrypto.MaxStateBytes / sizeof(ulong))]
    private struct State
    {
        private ulong _first;
    }
}
