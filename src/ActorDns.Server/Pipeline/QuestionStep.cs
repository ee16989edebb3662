using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Registries;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Judges the question by itself: there must be one, of a class and type that can be asked for. The query is logged here, as BIND does:
/// before what is decided about it.
/// </summary>
internal static class QuestionStep
{
    public static StepResult Run(ref Request request)
    {
        if (!request.Layout.HasQuestion)
            return request.End(AnswerToCookieAlone(request));

        // A transfer that finds no free place comes by a second time, to be answered.
        if (request.State.LogQueries && request.Scratch.TransferOutcome == Rcode.NoError)
            request.Scratch.Events.Query(request);

        RecordClass recordClass = request.Layout.QuestionClass;
        if (recordClass != RecordClass.In && recordClass != RecordClass.Ch)
            return request.End(Rcode.Refused, ExtendedErrorCode.NotAuthoritative);

        RecordType type = request.Layout.QuestionType;
        if (type == RecordType.Opt || type == RecordType.Tsig || type.Value == 0)
            return request.End(Rcode.FormErr);
        if (type == RecordType.MailA || type == RecordType.MailB || type == RecordType.Tkey)
            return request.End(Rcode.NotImp);
        if (type == RecordType.Axfr && !request.IsStream)
            return request.End(Rcode.FormErr); // RFC 5936 §4.2 defines no AXFR over UDP.
        return StepResult.Continue;
    }

    /// <summary>A query without question asks for a server cookie, or whether the one that it has is good (RFC 7873 §5.4).</summary>
    private static Rcode AnswerToCookieAlone(in Request request)
    {
        if (!request.Scratch.HasCookie)
            return Rcode.FormErr;
        bool hasServerCookie = request.Opt.Cookie.Data(request.Message).Length > ServerCookies.ClientCookieBytes;
        return hasServerCookie && !request.IsCookieGood ? Rcode.BadCookie : Rcode.NoError;
    }
}
