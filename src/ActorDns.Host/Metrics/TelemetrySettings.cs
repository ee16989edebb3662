using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;

namespace ActorDns.Host.Metrics;

/// <summary>
/// What <c>actordns.json</c> says of health and metrics. Without <c>Http</c> nothing listens: a port that nobody asked for would be a
/// surprise, and several nodes of one machine would fight over it.
/// </summary>
public sealed record TelemetrySettings
{
    private const string HttpKey = "Http";
    private const string ZoneSerialsKey = "Metrics:ZoneSerials";
    private const string OtlpEndpointKey = "Otlp:Endpoint";
    private const string OtlpProtocolKey = "Otlp:Protocol";
    private const string OtlpMetricsPath = "/v1/metrics";
    private static readonly string[] Known = [HttpKey, "Metrics", ZoneSerialsKey, "Otlp", OtlpEndpointKey, OtlpProtocolKey];

    /// <summary>Where health and metrics are served by HTTP; nowhere unless set.</summary>
    public IReadOnlyList<IPEndPoint> Http { get; init; } = [];

    /// <summary>True gives the serial of every zone as a metric of its own.</summary>
    public bool HasZoneSerials { get; init; }

    /// <summary>The collector that metrics are sent to by OTLP; null sends them nowhere.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>How the collector is spoken to.</summary>
    public OtlpExportProtocol OtlpProtocol { get; init; } = OtlpExportProtocol.Grpc;

    /// <summary>True for a key that is read here.</summary>
    public static bool IsKnown(string key) =>
        Known.Contains(key, StringComparer.OrdinalIgnoreCase)
        || (key.StartsWith(HttpKey + ':', StringComparison.OrdinalIgnoreCase)
            && int.TryParse(key.AsSpan(HttpKey.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _));

    /// <summary>Reads them; a value that makes no sense is as if it were not there and is named in <paramref name="wrong"/>.</summary>
    public static TelemetrySettings Read(IConfiguration settings, ICollection<string> wrong)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(wrong);
        bool hasZoneSerials = false;
        if (settings[ZoneSerialsKey] is { } text && !bool.TryParse(text, out hasZoneSerials))
            wrong.Add($"{ZoneSerialsKey} '{text}' is neither true nor false");
        OtlpExportProtocol? protocol = ProtocolOf(settings[OtlpProtocolKey]);
        if (protocol is null)
            wrong.Add($"{OtlpProtocolKey} '{settings[OtlpProtocolKey]}' is neither grpc nor http/protobuf");
        return new TelemetrySettings
        {
            Http = [.. ReadHttp(settings.GetSection(HttpKey), wrong)],
            HasZoneSerials = hasZoneSerials,
            OtlpEndpoint = ReadOtlp(settings[OtlpEndpointKey], protocol, wrong),
            OtlpProtocol = protocol ?? OtlpExportProtocol.Grpc,
        };
    }

    /// <summary>One endpoint as text, or a list of them. A port alone is on the loopback address.</summary>
    private static IEnumerable<IPEndPoint> ReadHttp(IConfigurationSection section, ICollection<string> wrong)
    {
        foreach (string? text in section.GetChildren().Select(static child => child.Value).Prepend(section.Value))
        {
            if (string.IsNullOrEmpty(text))
                continue;
            if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
                yield return new IPEndPoint(IPAddress.Loopback, port);
            else if (HasPort(text) && IPEndPoint.TryParse(text, out IPEndPoint? endpoint))
                yield return endpoint;
            else
                wrong.Add($"{HttpKey} '{text}' is no address with a port, such as 127.0.0.1:9353 or [::1]:9353");
        }
    }

    /// <summary>An address alone would otherwise be taken as one with port 0.</summary>
    private static bool HasPort(string text) => text[0] == '['
        ? text.Contains("]:", StringComparison.Ordinal)
        : text.IndexOf(':', StringComparison.Ordinal) is var first and > 0 && first == text.LastIndexOf(':');

    private static OtlpExportProtocol? ProtocolOf(string? text) => text switch
    {
        null or "" or "grpc" => OtlpExportProtocol.Grpc,
        "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
        _ => null,
    };

    private static Uri? ReadOtlp(string? text, OtlpExportProtocol? protocol, ICollection<string> wrong)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            wrong.Add($"{OtlpEndpointKey} '{text}' is no URL such as http://127.0.0.1:4317");
            return null;
        }

        return protocol == OtlpExportProtocol.HttpProtobuf && endpoint.AbsolutePath == "/" ? new Uri(endpoint, OtlpMetricsPath) : endpoint;
    }
}
