using System.Text.Encodings.Web;
using System.Text.Json;
using ActorDns.Actors.Keys;
using ActorDns.Zones.Keys;

namespace ActorDns.Host.Keys;

/// <summary>The registry as JSON, without secrets.</summary>
internal static class KeyListJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One object with all keys.</summary>
    public static string Of(KeyReport report, IReadOnlyList<CutoverStatus> cutovers) => JsonSerializer.Serialize(
        new
        {
            report.Time,
            report.Version,
            Nodes = report.Seen.LiveNodes.Select(node => new { Node = node, Confirmed = report.Seen.Confirmed.GetValueOrDefault(node) }),
            Keys = report.Lines.SelectMany(line => line.Generations).Select(key => Describe(report, key)),
            Servers = cutovers.Select(one => new
            {
                Server = one.Peer.ToString(),
                one.OldKey,
                one.NewKey,
                Switched = one.IsProven,
                one.Probes,
                one.ProbedAt,
                one.Problem,
            }),
        },
        Options);

    private static object Describe(KeyReport report, RegisteredKey key) => new
    {
        Line = key.Line.ToString(),
        key.Generation,
        Name = key.Name.ToString(),
        Kind = key.Kind.ToString().ToLowerInvariant(),
        key.Algorithm,
        State = KeyListText.Word(key.State),
        key.Created,
        key.Activated,
        key.RetiringSince,
        key.Ended,
        key.Predecessor,
        Held = key.IsHeld,
        EverySeconds = (long?)key.Every?.TotalSeconds,
        OverlapSeconds = (long)key.Overlap.TotalSeconds,
        Peers = key.Peers.Select(peer => peer.ToString()),
        Next = KeyListText.Next(report, key),
        Uses = report.UsesOf(key).Select(use => new { use.Peer, use.Node, use.Operation, use.LastUsed, use.Count }),
    };
}
