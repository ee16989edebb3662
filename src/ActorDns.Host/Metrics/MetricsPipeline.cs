using System.Diagnostics.Metrics;
using ActorDns.Host.Wiring;
using ActorDns.Kernel;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace ActorDns.Host.Metrics;

/// <summary>Leads from the instruments of one node to the page of metrics, and to a collector where one is set.</summary>
internal static class MetricsPipeline
{
    /// <summary>Most zones whose serials are shown; with more of them none is.</summary>
    public const int MaxZoneSerials = 10_000;

    private const string RuntimeMeter = "System.Runtime";
    private const string Prefix = "actordns.";
    private static readonly HashSet<string> RuntimeInstruments =
    [
        "dotnet.gc.collections",
        "dotnet.gc.heap.total_allocated",
        "dotnet.gc.last_collection.memory.committed_size",
        "dotnet.gc.pause.time",
        "dotnet.monitor.lock_contentions",
        "dotnet.process.cpu.time",
        "dotnet.process.memory.working_set",
    ];

    /// <summary>Builds it. It takes the instruments of this node alone, though a process may hold several.</summary>
    public static MeterProvider Build(ActorSystem system, string node, TelemetrySettings settings)
    {
        MeterProviderBuilder builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService(
                "actordns", serviceVersion: ServingStateMapper.VersionNumber, serviceInstanceId: node))
            .AddMeter(NodeMeter.Name, ActorSystem.MeterName, RuntimeMeter)
            .AddView(instrument => ViewOf(instrument, system))
            .AddPrometheusExporter(static options =>
            {
                options.ScopeInfoEnabled = false;
                options.TargetInfoEnabled = false;
                options.ScrapeResponseCacheDurationMilliseconds = 0;
            });
        if (settings.OtlpEndpoint is { } endpoint)
        {
            builder.AddOtlpExporter(options =>
            {
                options.Endpoint = endpoint;
                options.Protocol = settings.OtlpProtocol;
            });
        }

        return builder.Build();
    }

    private static MetricStreamConfiguration? ViewOf(Instrument instrument, ActorSystem system)
    {
        if (instrument.Meter.Name == RuntimeMeter)
            return RuntimeInstruments.Contains(instrument.Name) ? null : MetricStreamConfiguration.Drop;
        if (!ReferenceEquals(instrument.Meter.Scope, system))
            return MetricStreamConfiguration.Drop;
        if (instrument.Meter.Name == ActorSystem.MeterName)
            return new MetricStreamConfiguration { Name = Prefix + instrument.Name };
        return instrument.Name == NodeInstruments.ZoneSerialName
            ? new MetricStreamConfiguration { CardinalityLimit = MaxZoneSerials + 1 }
            : null;
    }
}
