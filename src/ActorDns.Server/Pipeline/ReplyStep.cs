using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Security;
using ActorDns.Server.Answering;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Writes the reply: header, question, the planned sections, OPT, TSIG. Room for the last two is kept from the start, so that a truncated
/// reply still has them (RFC 6891 §7, RFC 8945 §5.3).
/// </summary>
internal static class ReplyStep
{
    /// <summary>Largest UDP reply for a client that does not say otherwise (RFC 1035 §2.3.4).</summary>
    public const int PlainUdpBytes = 512;

    private const ushort CopiedOfQueries = MessageHeader.RecursionDesired | MessageHeader.CheckingDisabled;

    /// <summary>
    /// Header flags of the reply to this request, its four rcode bits left open. Recursion and checking are words of queries: with UPDATE
    /// their bits are zero in every response (RFC 2136 §2.2).
    /// </summary>
    public static ushort FlagsOf(in Request request, bool isAuthoritative)
    {
        ushort asked = MessageHeader.Flags(request.Message);
        ushort opcode = (ushort)(asked & MessageHeader.OpcodeMask);
        ushort flags = (ushort)(opcode | MessageHeader.Response | (opcode == 0 ? asked & CopiedOfQueries : 0));
        return isAuthoritative ? (ushort)(flags | MessageHeader.Authoritative) : flags;
    }

    /// <summary>Writes the reply into the request's buffer and returns its length; 0 when not even the smallest reply fits.</summary>
    public static int Write(ref Request request)
    {
        RequestScratch scratch = request.Scratch;
        int optBytes = EdnsReply.Bytes(request);
        int tsigBytes = scratch.IsSigned ? scratch.Tsig.ResponseBytes : 0;
        int limit = request.ReplyLimitBytes - optBytes - tsigBytes;
        if (limit < MessageHeader.Bytes)
            return 0;

        MessageWriter writer = new(request.Response[..request.ReplyLimitBytes], scratch.Names);
        writer.SetLimit(limit);
        bool isAuthoritative = request.HasPlan ? scratch.Plan.IsAuthoritative : request.IsNotifyReply;
        ushort flags = FlagsOf(request, isAuthoritative);
        writer.SetHeader(MessageHeader.Id(request.Message), (ushort)(flags | (request.Rcode.Value & 0x0F)));
        if (request.Layout.HasQuestion)
        {
            writer.TryWriteQuestion(
                request.Layout.QuestionName(request.Message), request.Layout.QuestionType, request.Layout.QuestionClass);
        }

        if (!TryWriteSections(ref request, ref writer))
            flags |= MessageHeader.Truncated;
        MessageHeader.SetFlags(request.Response, (ushort)(flags | (request.Rcode.Value & 0x0F)));

        int length = writer.Position;
        if (optBytes > 0)
            length = EdnsReply.Append(request, length, tsigBytes);
        if (tsigBytes > 0
            && !TsigSigner.SignResponse(request.Response, length, scratch.Tsig, request.NowUnixSeconds, out length))
        {
            return 0;
        }

        return length;
    }

    /// <summary>
    /// Writes what was planned. When it does not fit, whole sets that do stay in an unsigned reply; a signed one keeps only its
    /// question (RFC 8945 §5.3).
    /// </summary>
    private static bool TryWriteSections(ref Request request, ref MessageWriter writer)
    {
        if (request.IsSlipped)
            return false;
        if (!request.HasPlan)
            return true;
        (int Position, int Names) mark = writer.Mark;
        if (AnswerWriter.TryWrite(request.Scratch.Plan, request.Layout.QuestionClass, ref writer))
            return true;
        if (request.Scratch.IsSigned)
        {
            writer.Rewind(mark);
            for (int section = 1; section <= 3; section++)
                MessageHeader.SetCount(request.Response, section, 0);
        }

        return false;
    }
}
