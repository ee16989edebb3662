using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Security;

/// <summary>
/// What must be kept of one signed request: on the server to answer it, on the client to check the answer. A self-contained value
/// that refers to no receive buffer, so that it can be copied and kept for a transfer session. The default value is that of an
/// unsigned request.
/// </summary>
public struct TsigContext
{
    private const int InlineNameBytes = 128;

    private MacOctets _requestMac;
    private NameOctets _inlineNames;
    private byte[]? _longNames;
    private byte _requestMacLength;
    private byte _keyNameLength;
    private byte _algorithmNameLength;

    /// <summary>How the request's TSIG was judged.</summary>
    public TsigOutcome Outcome { readonly get; internal set; }

    /// <summary>Why it did not verify.</summary>
    public TsigFailure Failure { readonly get; internal set; }

    /// <summary>
    /// The key that verified the request, or signed it on the client; null after any failure, so that no access rests
    /// on it.
    /// </summary>
    public readonly TsigKey? Key => Outcome == TsigOutcome.Verified ? SharedKey : null;

    /// <summary>True when the request used the name of a truncated algorithm, which is answered in kind.</summary>
    public bool UsesTruncatedName { readonly get; internal set; }

    /// <summary>The message ID that the request's MAC covers (RFC 8945 §4.3.2).</summary>
    public ushort OriginalId { readonly get; internal set; }

    /// <summary>Time Signed of the request.</summary>
    public long TimeSignedUnixSeconds { readonly get; internal set; }

    /// <summary>Fudge of the request.</summary>
    public ushort FudgeSeconds { readonly get; internal set; }

    /// <summary>
    /// Our clock less the request's Time Signed, as measured by the time check: positive when the request is old.
    /// </summary>
    public long SkewSeconds { readonly get; internal set; }

    /// <summary>True when the response carries a TSIG record, be it without MAC.</summary>
    public readonly bool AnswersWithTsig => Outcome is not (TsigOutcome.Unsigned or TsigOutcome.FormErr);

    /// <summary>True when the response carries a MAC: never after an error of key or MAC (RFC 8945 §5.3.2).</summary>
    public readonly bool AnswersWithMac => Outcome is TsigOutcome.Verified or TsigOutcome.BadTime or TsigOutcome.BadTrunc;

    /// <summary>Error field of the response's TSIG record.</summary>
    public readonly Rcode TsigError => Outcome switch
    {
        TsigOutcome.BadKey => Rcode.BadKey,
        TsigOutcome.BadSig => Rcode.BadSig,
        TsigOutcome.BadTime => Rcode.BadTime,
        TsigOutcome.BadTrunc => Rcode.BadTrunc,
        _ => Rcode.NoError,
    };

    /// <summary>
    /// RCODE that the outcome asks for: NOERROR when the request may be processed, FORMERR, or NOTAUTH for every TSIG error
    /// (RFC 8945 §5.2.1 to §5.2.4).
    /// </summary>
    public readonly Rcode ResponseCode => Outcome switch
    {
        TsigOutcome.Unsigned or TsigOutcome.Verified => Rcode.NoError,
        TsigOutcome.FormErr => Rcode.FormErr,
        _ => Rcode.NotAuth,
    };

    /// <summary>
    /// Octets that the response's TSIG record takes; to be reserved before the rest is truncated (RFC 8945 §5.3).
    /// </summary>
    public readonly int ResponseBytes => !AnswersWithTsig
        ? 0
        : KeyName.Length + 10 + AlgorithmName.Length + TsigRecord.FixedRdataBytes + ResponseMacBytes
          + (Outcome == TsigOutcome.BadTime ? 6 : 0);

    /// <summary>
    /// The request's MAC as received or sent, perhaps truncated: 10 to 64 octets, none when it did not get that far.
    /// </summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> RequestMac => ((ReadOnlySpan<byte>)_requestMac)[.._requestMacLength];

    /// <summary>The key's name; as the request had it when no such key exists.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> KeyName =>
        SharedKey is not null ? SharedKey.Name.Wire : Names[.._keyNameLength];

    /// <summary>The algorithm's name; as the request had it when it is not the key's.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> AlgorithmName => SharedKey is null
        ? Names.Slice(_keyNameLength, _algorithmNameLength)
        : UsesTruncatedName ? SharedKey.Algorithm.TruncatedWireName : SharedKey.Algorithm.WireName;

    /// <summary>The key that matched by name and algorithm, whatever came of the further checks.</summary>
    internal TsigKey? SharedKey { readonly get; set; }

    /// <summary>Octets of MAC in the response: as policy has it, and no fewer than in the request (RFC 8945 §7).</summary>
    internal readonly int ResponseMacBytes => !AnswersWithMac
        ? 0
        : UsesTruncatedName ? SharedKey!.Algorithm.TruncatedBytes : Math.Max(SharedKey!.MacBytes, _requestMacLength);

    [UnscopedRef]
    private readonly ReadOnlySpan<byte> Names => _longNames is not null ? _longNames : _inlineNames;

    /// <summary>Keeps the request's MAC.</summary>
    internal void SetRequestMac(ReadOnlySpan<byte> mac)
    {
        Debug.Assert(mac.Length <= ManagedHash.MaxDigestBytes, "The MAC check comes first.");
        mac.CopyTo(_requestMac);
        _requestMacLength = (byte)mac.Length;
    }

    /// <summary>
    /// Keeps names that belong to no key. Only names that together exceed 128 octets cost an allocation, of their size.
    /// </summary>
    internal void SetForeignNames(ReadOnlySpan<byte> keyName, ReadOnlySpan<byte> algorithmName)
    {
        int length = keyName.Length + algorithmName.Length;
        Span<byte> names = length <= InlineNameBytes ? _inlineNames : (_longNames = new byte[length]);
        keyName.CopyTo(names);
        algorithmName.CopyTo(names[keyName.Length..]);
        _keyNameLength = (byte)keyName.Length;
        _algorithmNameLength = (byte)algorithmName.Length;
    }

    [InlineArray(ManagedHash.MaxDigestBytes)]
    private struct MacOctets
    {
        private byte _first;
    }

    [InlineArray(InlineNameBytes)]
    private struct NameOctets
    {
        private byte _first;
    }
}
