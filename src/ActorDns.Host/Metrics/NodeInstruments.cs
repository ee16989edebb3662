using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using ActorDns.Actors.Cluster;
using ActorDns.Host.Wiring;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Server.Pipeline;
using ActorDns.Server.Sockets;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Access;

namespace ActorDns.Host.Metrics;

/// <summary>
/// The instruments that are read when somebody looks: totals of the counters that each thread keeps for itself, and the state of the node.
/// </summary>
internal sealed class NodeInstruments
{
    /// <summary>The one metric with a series for every zone.</summary>
    public const string ZoneSerialName = "actordns.zone.serial";

    private static readonly TsigOutcome[] TsigErrors =
        [TsigOutcome.FormErr, TsigOutcome.BadKey, TsigOutcome.BadSig, TsigOutcome.BadTime, TsigOutcome.BadTrunc];

    private static readonly AccessTransports[] Transports = [AccessTransports.Udp, AccessTransports.Tcp];
    private readonly ServerNode _node;
    private readonly Telemetry _telemetry;
    private readonly Meter _meter;

    public NodeInstruments(ServerNode node, Telemetry telemetry)
    {
        _node = node;
        _telemetry = telemetry;
        _meter = telemetry.Meter.Meter;
        AddRequests();
        AddSockets();
        AddZones();
        AddState();
        AddCluster();
    }

    private void AddRequests()
    {
        Count("actordns.requests", "{request}", "Requests received, by opcode.", () => ByTransport(
            "opcode",
            RequestCounters.Opcodes,
            static opcode => new Opcode((byte)opcode).ToString(),
            static opcode => opcode is 0 or 4 or 5,
            static (counters, opcode) => counters.ByOpcode(opcode)));
        Count("actordns.queries", "{query}", "Queries received, by type; types that are seldom asked for: other.", () => ByTransport(
            "type",
            CountedTypes.Count,
            CountedTypes.NameOf,
            static _ => true,
            static (counters, slot) => counters.ByType(slot)));
        Count("actordns.responses", "{response}", "Responses sent, by rcode.", () => ByTransport(
            "rcode",
            RequestCounters.Rcodes,
            RcodeName,
            IsNamedRcode,
            static (counters, rcode) => counters.ByRcode(rcode)));
        Count("actordns.updates", "{update}", "Responses to UPDATE, by rcode.", () => ByTransport(
            "rcode",
            RequestCounters.Rcodes,
            RcodeName,
            static rcode => rcode <= Rcode.NotZone.Value,
            static (counters, rcode) => counters.UpdatesByRcode(rcode)));
        Count("actordns.requests.dropped", "{request}", "Requests that got no response.", () => ByTransport(
            static counters => counters.Dropped));
        Count("actordns.responses.truncated", "{response}", "Responses sent with TC set.", () => ByTransport(
            static counters => counters.Truncated));
        Count("actordns.tsig.failures", "{request}", "Requests whose TSIG did not verify, by what was found.", () =>
        {
            IReadOnlyList<RequestCounters> all = _node.Counters;
            return TsigErrors.Select(error => Tagged(
                all.Sum(counters => counters.ByTsigOutcome(error)), "error", error.ToString().ToUpperInvariant()));
        });
        Count("actordns.rate_limit.responses", "{response}", "Responses that rate limiting dropped or truncated.", () =>
        {
            IReadOnlyList<RequestCounters> all = _node.Counters;
            return
            [
                Tagged(all.Sum(static counters => counters.RateDropped), "action", "drop"),
                Tagged(all.Sum(static counters => counters.RateSlipped), "action", "slip"),
            ];
        });
        Gauge("actordns.updates.in_flight", "{update}", "Updates that were taken and are not answered yet.", () => _node.UpdatesInFlight);
    }

    private void AddSockets()
    {
        Count("actordns.udp.datagrams", "{datagram}", "Datagrams received, and sent by the threads that receive.", () => Directions(
            _node.UdpCounts, static counts => counts.PacketsIn, static counts => counts.PacketsOut));
        Count("actordns.udp.io", "By", "Octets of these datagrams.", () => Directions(
            _node.UdpCounts, static counts => counts.BytesIn, static counts => counts.BytesOut));
        Count("actordns.udp.errors", "{error}", "Datagrams that could not be used or sent, and failed calls.", () =>
        {
            ListenerCounts counts = _node.UdpCounts;
            return
            [
                Tagged(counts.Dropped, "error", "unusable"),
                Tagged(counts.SendErrors, "error", "send"),
                Tagged(counts.ReceiveErrors, "error", "receive"),
                Tagged(counts.HandlerFaults, "error", "handler"),
            ];
        });
        if (KernelDrops.IsKnown)
        {
            Count(
                "actordns.udp.kernel_drops",
                "{datagram}",
                "Datagrams that the system dropped because a socket's receive buffer was full.",
                () => [new Measurement<long>(KernelDrops.Of(_node.Listening))]);
        }

        Gauge("actordns.tcp.connections", "{connection}", "Stream connections that are open.", () => _node.StreamConnections.Now);
        Gauge(
            "actordns.tcp.connections.peak", "{connection}", "Most stream connections at once.", () => _node.StreamConnections.HighWater);
        Count("actordns.tcp.accepted", "{connection}", "Stream connections accepted.", () => [new(_node.StreamCounts.Accepted)]);
        Count("actordns.tcp.refused", "{connection}", "Stream connections closed at once, by the limit that was reached.", () =>
        [
            Tagged(_node.StreamCounts.RefusedTotal, "limit", "total"),
            Tagged(_node.StreamCounts.RefusedPerClient, "limit", "client"),
        ]);
        Count("actordns.tcp.ended", "{connection}", "Stream connections that this server ended, by reason.", () =>
        {
            StreamCounts counts = _node.StreamCounts;
            return
            [
                Tagged(counts.IdleClosed, "reason", "idle"),
                Tagged(counts.WriteTimeouts, "reason", "write_timeout"),
                Tagged(counts.Malformed, "reason", "malformed"),
                Tagged(counts.HandlerFaults, "reason", "handler"),
            ];
        });
        Count("actordns.tcp.io", "By", "Octets received and sent on stream connections.", () => Directions(
            _node.StreamCounts, static counts => counts.BytesIn, static counts => counts.BytesOut));
    }

    private void AddZones()
    {
        _meter.CreateObservableGauge("actordns.zones", ZoneStates, "{zone}", "Zones of this node, by kind and state.");
        Gauge("actordns.records", "{record}", "Records in the zones that are served.", () => _node.LocalRuntimes.Sum(
            static zone => zone.Published.Current?.RecordCount ?? 0));
        Gauge("actordns.zone.memory", "By", "Memory that the zones' content takes outside of the managed heap.", () =>
            _node.LocalRuntimes.Sum(static zone => zone.Published.Current?.Bytes ?? 0));
        _meter.CreateObservableGauge(
            ZoneSerialName, ZoneSerials, null, "Serial of each zone that is served; with Metrics:ZoneSerials, and few zones, only.");
        Gauge("actordns.snapshot.leases", "{lease}", "Zone versions that transfers and other long work hold.", () => _node.Leases.Count);
        _meter.CreateObservableGauge(
            "actordns.snapshot.lease.age",
            () => _node.Leases.List() is [{ Age: TimeSpan age }, ..] ? age.TotalSeconds : 0,
            "s",
            "How long the oldest of them has been held.");
    }

    private void AddState()
    {
        _meter.CreateObservableGauge("actordns.ready", ReadyParts, null, "1 when the node is ready to serve, or to write.");
        Gauge("actordns.store.up", null, "1 when the last attempt to write to the store was done.", () =>
            _node.JournalHealth is { Last.Status: StoreStatus.Done } ? 1 : 0);
        _meter.CreateObservableGauge(
            "actordns.store.wait",
            () => _node.JournalHealth?.Waiting.TotalSeconds ?? 0,
            "s",
            "How long the write under way has been waiting for the store.");
        _meter.CreateObservableGauge("actordns.start.time", () => Seconds(_node.Started), "s", "When the node was started, in Unix time.");
        _meter.CreateObservableGauge(
            "actordns.configuration.time",
            () => Seconds(_node.Configured),
            "s",
            "When the configuration in force took effect, in Unix time; 0 before the first has.");
        Gauge("actordns.configuration.failed", null, "1 when the last reading of the configuration failed.", () =>
            _node.HasReloadFailed ? 1 : 0);
        _meter.CreateObservableGauge(
            "actordns.build.info",
            static () => new Measurement<long>(
                1,
                new("version", ServingStateMapper.VersionNumber),
                new("runtime", RuntimeInformation.FrameworkDescription)),
            null,
            "Version of the server and of what it runs on.");
    }

    /// <summary>These are there when nodes share a store.</summary>
    private void AddCluster()
    {
        Add("actordns.cluster.nodes", "{node}", "Nodes that live, as this one sees it.", static cluster =>
            cluster.Membership.Status.Live.Count);
        Add("actordns.cluster.reachable", null, "1 when the database was heard from at the last heartbeat.", static cluster =>
            cluster.Membership.Status.IsReachable ? 1 : 0);
        Add("actordns.cluster.behind", null, "1 when this node has not yet published what others have written.", static cluster =>
            cluster.IsBehind ? 1 : 0);
        Add("actordns.cluster.leases", "{lease}", "Groups of zones that this node refreshes and notifies for.", static cluster =>
            cluster.Links.Stewards.LeaseCount);

        void Add(string name, string? unit, string description, Func<ClusterActors, long> read) => _meter.CreateObservableGauge(
            name,
            () => _node.Cluster is { } cluster ? [new Measurement<long>(read(cluster.Actors))] : Array.Empty<Measurement<long>>(),
            unit,
            description);
    }

    private IEnumerable<Measurement<long>> ZoneStates()
    {
        ILookup<(bool IsSecondary, ZoneStanding Standing), ZoneRuntime> zones = _node.LocalRuntimes
            .ToLookup(static zone => (zone.Refresher is not null, zone.Standing));
        return
        [
            Of(isSecondary: false, ZoneStanding.Served, "served"),
            Of(isSecondary: false, ZoneStanding.Loading, "loading"),
            Of(isSecondary: false, ZoneStanding.Failed, "failed"),
            Of(isSecondary: true, ZoneStanding.Served, "served"),
            Of(isSecondary: true, ZoneStanding.AwaitingTransfer, "awaiting_transfer"),
        ];

        Measurement<long> Of(bool isSecondary, ZoneStanding standing, string state) => new(
            zones[(isSecondary, standing)].Count(),
            new("type", isSecondary ? "secondary" : "primary"),
            new("state", state));
    }

    private IEnumerable<Measurement<long>> ZoneSerials()
    {
        if (!_telemetry.HasZoneSerials || _node.ZoneCount > MetricsPipeline.MaxZoneSerials)
            return [];
        return _node.LocalZones.Where(static zone => zone.IsLoaded).Select(static zone => new Measurement<long>(
            zone.Serial!.Value, new("zone", zone.Name), new("view", zone.View)));
    }

    private IEnumerable<Measurement<long>> ReadyParts() => Enum.GetValues<ReadyPart>().Select(part => Tagged(
        _telemetry.Health.Missing(part).Count == 0 ? 1 : 0, "part", HealthReport.NameOf(part)));

    private void Count(string name, string unit, string description, Func<IEnumerable<Measurement<long>>> read) =>
        _meter.CreateObservableCounter(name, read, unit, description);

    private void Gauge(string name, string? unit, string description, Func<long> read) =>
        _meter.CreateObservableGauge(name, read, unit, description);

    private IEnumerable<Measurement<long>> ByTransport(Func<RequestCounters, long> read)
    {
        IReadOnlyList<RequestCounters> all = _node.Counters;
        return Transports.Select(transport => Tagged(
            all.Where(counters => counters.Transport == transport).Sum(read), "transport", NameOf(transport)));
    }

    /// <summary>One series for each transport and place that is always shown or has been counted.</summary>
    private IEnumerable<Measurement<long>> ByTransport(
        string label, int places, Func<int, string> name, Func<int, bool> isAlwaysShown, Func<RequestCounters, int, long> read)
    {
        foreach (AccessTransports transport in Transports)
        {
            RequestCounters[] workers = [.. _node.Counters.Where(counters => counters.Transport == transport)];
            for (int place = 0; place < places; place++)
            {
                long sum = 0;
                foreach (RequestCounters worker in workers)
                    sum += read(worker, place);
                if (sum > 0 || isAlwaysShown(place))
                    yield return new Measurement<long>(sum, new("transport", NameOf(transport)), new(label, name(place)));
            }
        }
    }

    private static IEnumerable<Measurement<long>> Directions<T>(T counts, Func<T, long> received, Func<T, long> sent) =>
        [Tagged(received(counts), "direction", "in"), Tagged(sent(counts), "direction", "out")];

    private static Measurement<long> Tagged(long value, string label, string of) =>
        new(value, new KeyValuePair<string, object?>(label, of));

    private static string NameOf(AccessTransports transport) => transport == AccessTransports.Udp ? "udp" : "tcp";

    private static string RcodeName(int rcode) => new Rcode((ushort)rcode).ToString();

    private static bool IsNamedRcode(int rcode) =>
        rcode <= Rcode.NotZone.Value || rcode == Rcode.BadVers.Value || rcode == RequestCounters.Rcodes - 1;

    private static double Seconds(DateTimeOffset time) => time == default ? 0 : time.ToUnixTimeMilliseconds() / 1000.0;
}
