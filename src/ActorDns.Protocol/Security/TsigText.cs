using System.Globalization;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Security;

/// <summary>Keys as configuration text, and failures in the words that operators know from BIND's log.</summary>
public static class TsigText
{
    /// <summary>
    /// The key as a statement of <c>named.conf</c>, laid out as <c>tsig-keygen</c> prints it. Holds the secret: for key files and
    /// the terminal of who asked, never for a log.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="nameText">The name as the user wrote it; null for the key's own, without final dot.</param>
    public static string FormatKeyClause(TsigKey key, string? nameText = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        string name = nameText ?? key.Name.ToLogString();
        return $"key \"{name}\" {{\n\talgorithm {key.AlgorithmText};\n\tsecret \"{key.Secret.ToBase64()}\";\n}};\n";
    }

    /// <summary>A key's name as logs have it: in lower case, as BIND writes it, without final dot.</summary>
    public static string LogName(ReadOnlySpan<byte> keyName) =>
        Names.NameText.ToText(keyName, keepFinalDot: false).ToLowerInvariant();

    /// <summary>
    /// A request's failure as one phrase, <c>tsig verify failure (BADSIG)</c>; empty when nothing failed.
    /// </summary>
    public static string Summarize(TsigOutcome outcome) => outcome switch
    {
        TsigOutcome.FormErr => "tsig verify failure (FORMERR)",
        TsigOutcome.BadKey => "tsig verify failure (BADKEY)",
        TsigOutcome.BadSig => "tsig verify failure (BADSIG)",
        TsigOutcome.BadTime => "tsig verify failure (BADTIME)",
        TsigOutcome.BadTrunc => "tsig verify failure (BADTRUNC)",
        _ => "",
    };

    /// <summary>The reason in words, without detail.</summary>
    public static string Describe(TsigFailure failure) => failure switch
    {
        TsigFailure.Malformed => "malformed or misplaced TSIG record",
        TsigFailure.ForbiddenMacSize => "signature length is not permitted",
        TsigFailure.UnknownKey => "unknown key",
        TsigFailure.AlgorithmMismatch => "key name and algorithm do not match",
        TsigFailure.WrongSignature => "signature failed to verify",
        TsigFailure.Expired => "signature has expired",
        TsigFailure.InFuture => "signature is in the future",
        TsigFailure.BelowMinimum => "signature length below minimum",
        _ => "",
    };

    /// <summary>
    /// The reason in words with what was measured: the skew and the fudge, or the algorithm asked for.
    /// </summary>
    public static string Describe(in TsigContext context) => context.Failure switch
    {
        TsigFailure.Expired or TsigFailure.InFuture => string.Create(
            CultureInfo.InvariantCulture,
            $"{Describe(context.Failure)} (clocks differ by {Math.Abs(context.SkewSeconds)} s, fudge {context.FudgeSeconds} s)"),
        TsigFailure.AlgorithmMismatch =>
            $"{Describe(context.Failure)} ({Names.NameText.ToText(context.AlgorithmName, keepFinalDot: false)})",
        _ => Describe(context.Failure),
    };

    /// <summary>A reply's fate in words.</summary>
    public static string Describe(TsigReplyOutcome outcome) => outcome switch
    {
        TsigReplyOutcome.Unsigned => "expected a TSIG or SIG(0)",
        TsigReplyOutcome.Malformed => Describe(TsigFailure.Malformed),
        TsigReplyOutcome.WrongKey => Describe(TsigFailure.AlgorithmMismatch),
        TsigReplyOutcome.BadSignature => Describe(TsigFailure.WrongSignature),
        TsigReplyOutcome.BadTime => "clocks are unsynchronized",
        TsigReplyOutcome.BelowMinimum => Describe(TsigFailure.BelowMinimum),
        TsigReplyOutcome.TooManyUnsigned => "too many messages without a TSIG",
        TsigReplyOutcome.PeerSaysBadKey => "tsig indicates error (BADKEY)",
        TsigReplyOutcome.PeerSaysBadSig => "tsig indicates error (BADSIG)",
        TsigReplyOutcome.PeerSaysBadTime => "tsig indicates error (BADTIME): clocks are unsynchronized",
        TsigReplyOutcome.PeerSaysBadTrunc => "tsig indicates error (BADTRUNC)",
        _ => "",
    };

    /// <summary>Mnemonic of a TSIG error number, where 16 is BADSIG and not BADVERS (RFC 8945 §3).</summary>
    public static string ErrorName(Rcode error) => error == Rcode.BadSig ? "BADSIG" : error.ToString();
}
