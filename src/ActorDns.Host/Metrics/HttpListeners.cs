using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace ActorDns.Host.Metrics;

/// <summary>
/// The HTTP listeners of the node, one small host on Kestrel for each address, so that one comes and goes without the others. Its methods
/// are called one after another.
/// </summary>
internal sealed class HttpListeners(HttpPages pages, ILogger log) : IAsyncDisposable
{
    private const int MaxConnections = 128;
    private const int MaxRequestHeadBytes = 16 * 1024;
    private static readonly TimeSpan HeadDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(2);
    private readonly Dictionary<IPEndPoint, WebApplication> _hosts = [];

    /// <summary>Addresses that are listened on, with the ports that the system chose.</summary>
    public IReadOnlyList<string> Addresses => [.. _hosts.Values.SelectMany(AddressesOf)];

    /// <summary>
    /// Listens on these addresses from now on. False when one of them cannot be had, which is logged: then everything stays as it was.
    /// </summary>
    public async Task<bool> ConfigureAsync(IReadOnlyList<IPEndPoint> wanted, MeterProvider? meters)
    {
        Dictionary<IPEndPoint, WebApplication> opened = [];
        foreach (IPEndPoint endpoint in wanted.Distinct().Where(endpoint => !_hosts.ContainsKey(endpoint)))
        {
            if (await TryOpenAsync(endpoint, meters) is not { } host)
            {
                foreach (WebApplication unused in opened.Values)
                    await CloseAsync(unused);
                return false;
            }

            opened[endpoint] = host;
        }

        foreach (IPEndPoint gone in _hosts.Keys.Except(wanted).ToArray())
        {
            _hosts.Remove(gone, out WebApplication? host);
            await CloseAsync(host!);
        }

        foreach ((IPEndPoint endpoint, WebApplication host) in opened)
        {
            _hosts[endpoint] = host;
            foreach (string address in AddressesOf(host))
                Log.HttpListening(log, address);
        }

        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (WebApplication host in _hosts.Values)
            await CloseAsync(host);
        _hosts.Clear();
    }

    private async Task<WebApplication?> TryOpenAsync(IPEndPoint endpoint, MeterProvider? meters)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => Limit(options, endpoint));
        WebApplication host = builder.Build();
        host.Use(RefuseChanges);
        if (meters is not null)
        {
            host.UseOpenTelemetryPrometheusScrapingEndpoint(
                meters, static context => context.Request.Path == HttpPages.MetricsPath, null, null, null);
        }

        host.Run(pages.AnswerAsync);
        try
        {
            await host.StartAsync();
            return host;
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            Log.CannotListenHttp(log, endpoint.ToString(), failure.InnerException?.Message ?? failure.Message);
            await host.DisposeAsync();
            return null;
        }
    }

    private static void Limit(KestrelServerOptions options, IPEndPoint endpoint)
    {
        options.AddServerHeader = false;
        options.Limits.MaxConcurrentConnections = MaxConnections;
        options.Limits.MaxRequestBodySize = 0;
        options.Limits.MaxRequestHeadersTotalSize = MaxRequestHeadBytes;
        options.Limits.RequestHeadersTimeout = HeadDeadline;
        options.Limits.KeepAliveTimeout = IdleTimeout;
        options.Listen(endpoint, static listen => listen.Protocols = HttpProtocols.Http1);
    }

    private static Task RefuseChanges(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = "GET, HEAD";
        return Task.CompletedTask;
    }

    private static IEnumerable<string> AddressesOf(WebApplication host) =>
        host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    private static async Task CloseAsync(WebApplication host)
    {
        using (CancellationTokenSource atOnce = new(TimeSpan.FromSeconds(1)))
            await host.StopAsync(atOnce.Token);
        await host.DisposeAsync();
    }
}
