using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;

namespace ActorDns.Actors.Notify;

/// <summary>The judgement on what came from a server that was notified.</summary>
/// <param name="IsFinal">True when it ends the matter; otherwise it is waited on.</param>
/// <param name="Rcode">What the server says, when it ends the matter.</param>
/// <param name="Problem">What is wrong with it, in words; null when nothing is worth saying.</param>
internal readonly record struct NotifyReply(bool IsFinal, Rcode Rcode, string? Problem)
{
    private static readonly NotifyReply Foreign = new(false, default, null);

    /// <summary>
    /// Whether a message, whose source and ID are right, answers a request (RFC 1996 §3.6): same opcode and question, and a MAC
    /// that verifies when the request was signed.
    /// </summary>
    public static NotifyReply Judge(ReadOnlySpan<byte> message, DomainName zone, in TsigContext tsig, long nowUnixSeconds)
    {
        if (message.Length < MessageHeader.Bytes
            || (MessageHeader.Flags(message) & MessageHeader.Response) == 0
            || MessageHeader.Opcode(message) != Opcode.Notify)
        {
            return Foreign;
        }

        Rcode rcode = new(MessageHeader.RcodeBits(message));
        if (MessageScan.TryScan(message, out MessageLayout layout) != ParseError.None || !HasQuestion(message, in layout, zone, rcode))
            return Foreign;
        if (tsig.Key is null)
            return new NotifyReply(true, rcode, null);

        TsigReply verdict = TsigVerifier.VerifyResponse(message, in tsig, nowUnixSeconds);
        string key = tsig.Key.Name.ToLogString();
        return verdict.Outcome switch
        {
            TsigReplyOutcome.Verified => new NotifyReply(true, rcode, null),
            TsigReplyOutcome.PeerSaysBadTime => new NotifyReply(
                true, rcode, $"BADTIME: our clock less the server's is {verdict.SkewSeconds} s"),
            TsigReplyOutcome.PeerSaysBadTrunc => new NotifyReply(true, rcode, "BADTRUNC: the server wants a longer MAC"),
            TsigReplyOutcome.PeerSaysBadKey => new NotifyReply(false, rcode, $"the server does not know key '{key}' (BADKEY)"),
            TsigReplyOutcome.PeerSaysBadSig => new NotifyReply(
                false, rcode, $"the server has another secret for key '{key}' (BADSIG)"),
            _ => new NotifyReply(false, rcode, $"reply not genuine ({verdict.Outcome})"),
        };
    }

    // Servers that do not know NOTIFY may send an error without the question.
    private static bool HasQuestion(ReadOnlySpan<byte> message, in MessageLayout layout, DomainName zone, Rcode rcode) =>
        layout.HasQuestion
            ? layout.QuestionCount == 1
                && layout.QuestionType == RecordType.Soa
                && layout.QuestionClass == RecordClass.In
                && WireName.Equal(layout.QuestionName(message), zone.Wire)
            : rcode != Rcode.NoError;
}
