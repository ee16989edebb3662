using System.Text.Json;

namespace ActorDns.Host.Metrics;

/// <summary>What a probe is told: the answer to its question, and what is behind it.</summary>
/// <param name="Ready">True when everything that was asked about is ready.</param>
/// <param name="Parts">What was asked about, each with what is missing.</param>
/// <param name="Zones">How the zones are; those that are not served do not make the node unready once that is known.</param>
internal sealed record HealthReport(bool Ready, IReadOnlyDictionary<string, HealthReport.PartReport> Parts, HealthReport.ZonesReport Zones)
{
    private const int MaxZonesNamed = 50;
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>Asks about these parts.</summary>
    public static HealthReport Of(NodeHealth health, IReadOnlyList<Wiring.ZoneStatus> zones, params ReadyPart[] parts)
    {
        Dictionary<string, PartReport> reports = [];
        foreach (ReadyPart part in parts)
        {
            IReadOnlyList<NotReady> missing = health.Missing(part);
            reports[NameOf(part)] = new PartReport(missing.Count == 0, missing);
        }

        Wiring.ZoneStatus[] failed = [.. zones.Where(static zone => !zone.IsLoaded)];
        return new HealthReport(
            reports.Values.All(static part => part.Ready),
            reports,
            new ZonesReport(
                zones.Count - failed.Length,
                failed.Length,
                [.. failed.Take(MaxZonesNamed).Select(static zone => new ZoneReport(zone.Name, zone.View, zone.Error ?? ""))]));
    }

    /// <summary>The word for a part in URLs, reports and metrics.</summary>
    public static string NameOf(ReadyPart part) => part == ReadyPart.Serve ? "serve" : "write";

    /// <summary>The report as a body.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Format);

    /// <summary>Reads a body; null when it is none.</summary>
    public static HealthReport? TryRead(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<HealthReport>(json, Format);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>One part.</summary>
    internal sealed record PartReport(bool Ready, IReadOnlyList<NotReady> Missing);

    /// <summary>The zones: how many are served, how many are not, and the first of these.</summary>
    internal sealed record ZonesReport(int Served, int NotServed, IReadOnlyList<ZoneReport> First);

    /// <summary>One zone that is not served.</summary>
    internal sealed record ZoneReport(string Zone, string View, string Reason);
}
