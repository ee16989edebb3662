using ActorDns.Host.Wiring;
using Microsoft.AspNetCore.Http;

namespace ActorDns.Host.Metrics;

/// <summary>
/// The pages about health. Reading is all that can be done here: no page changes anything, and none takes a body.
/// </summary>
internal sealed class HttpPages(ServerNode node, NodeHealth health)
{
    /// <summary>The page with the metrics, which the exporter writes.</summary>
    public const string MetricsPath = "/metrics";

    private const string Index = "/livez\n/readyz\n/readyz/serve\n/readyz/write\n/metrics\n";

    /// <summary>Answers a request for any page but the metrics.</summary>
    public Task AnswerAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/livez" => SendAsync(context, StatusCodes.Status200OK, "application/json", "{\"live\":true}"u8.ToArray()),
        "/readyz" => SendReadyAsync(context, ReadyPart.Serve, ReadyPart.Write),
        "/readyz/serve" => SendReadyAsync(context, ReadyPart.Serve),
        "/readyz/write" => SendReadyAsync(context, ReadyPart.Write),
        "/" => SendAsync(context, StatusCodes.Status200OK, "text/plain; charset=utf-8", System.Text.Encoding.ASCII.GetBytes(Index)),
        _ => SendAsync(context, StatusCodes.Status404NotFound, "text/plain; charset=utf-8", "not found\n"u8.ToArray()),
    };

    private Task SendReadyAsync(HttpContext context, params ReadyPart[] parts)
    {
        HealthReport report = HealthReport.Of(health, node.LocalZones, parts);
        int status = report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return SendAsync(context, status, "application/json", report.ToJson());
    }

    private static async Task SendAsync(HttpContext context, int status, string type, byte[] body)
    {
        HttpResponse response = context.Response;
        response.StatusCode = status;
        response.ContentType = type;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
