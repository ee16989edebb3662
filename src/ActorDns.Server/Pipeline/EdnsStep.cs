using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;

namespace ActorDns.Server.Pipeline;

/// <summary>Reads the OPT record: version, payload size, DO, options (RFC 6891 §6.1), and judges the cookie (RFC 7873 §5.2).</summary>
internal static class EdnsStep
{
    public static StepResult Run(ref Request request)
    {
        if (request.Layout.OptOffset < 0)
            return StepResult.Continue;

        ParseError error = EdnsReader.TryReadRequest(
            request.Message, request.Layout.OptOffset, request.IsStream, out request.Opt);
        if (request.Opt.Version > 0)
            return request.End(Rcode.BadVers);
        if (error != ParseError.None)
            return request.End(Rcode.FormErr);

        if (!request.IsStream)
            request.ReplyLimitBytes = Math.Min(request.Opt.UsablePayloadBytes, request.Response.Length);
        if (request.Opt.HasCookie && request.State.Cookies is { } cookies)
            JudgeCookie(ref request, cookies);
        return StepResult.Continue;
    }

    private static void JudgeCookie(ref Request request, ServerCookies cookies)
    {
        Span<byte> address = stackalloc byte[16];
        address = address[..request.Source.Address.WriteBytes(address)];
        ReadOnlySpan<byte> option = request.Opt.Cookie.Data(request.Message);
        CookieStatus status = cookies.Check(option, address, request.NowUnixSeconds);
        request.Scratch.HasCookie = true;
        request.IsCookieGood = status is CookieStatus.Good or CookieStatus.GoodRenew;
        request.IsAddressProven |= request.IsCookieGood;
        if (status == CookieStatus.Good)
            option.CopyTo(request.Scratch.ReplyCookie);
        else
            cookies.Write(option, address, request.NowUnixSeconds, request.Scratch.ReplyCookie);
    }
}
