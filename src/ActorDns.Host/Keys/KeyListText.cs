using System.Globalization;
using ActorDns.Actors.Keys;
using ActorDns.Protocol.Names;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Access;
using ActorDns.Zones.Keys;

namespace ActorDns.Host.Keys;

/// <summary>The registry as a table of text.</summary>
internal static class KeyListText
{
    private static readonly string[] Headings = ["KEY", "GEN", "NAME", "ALGORITHM", "STATE", "LAST USED", "USES", "BY", "NEXT"];

    /// <summary>A row for each generation of the registry's keys, and one for each other key that this node accepts.</summary>
    public static string Of(KeyReport report, KeyRing ring, DomainName? sessionKey, IReadOnlyList<CutoverStatus> cutovers)
    {
        List<string[]> rows = [Headings];
        foreach (RegisteredKey key in report.Lines.SelectMany(line => line.Generations))
            rows.Add(Row(report, key));
        foreach (KeyRingEntry entry in ring.Entries.Where(entry => entry.Registered is null))
        {
            string name = entry.Key.Name.ToLogString();
            string next = entry.Key.Name == sessionKey ? "made anew at each start" : "of named.conf; rotate takes it into the registry";
            rows.Add([name, "-", name, entry.Key.AlgorithmText, "static", "-", "-", "-", next]);
        }

        int[] widths = [.. Enumerable.Range(0, Headings.Length).Select(column => rows.Max(row => row[column].Length))];
        IEnumerable<string> lines = rows.Select(row => string.Join("  ", row.Select((cell, at) => cell.PadRight(widths[at]))).TrimEnd());
        return string.Join('\n', lines.Concat(cutovers.Select(Describe)));
    }

    private static string Describe(CutoverStatus cutover) => cutover switch
    {
        { IsProven: true } => $"{cutover.Peer} is sent what '{cutover.NewKey}' signs: it answered {Probes(cutover)}",
        { ProbedAt: null } => $"{cutover.Peer} is sent what '{cutover.OldKey}' signs: it was not asked about '{cutover.NewKey}' yet",
        _ => $"{cutover.Peer} is sent what '{cutover.OldKey}' signs: '{cutover.NewKey}' {cutover.Problem} ({Probes(cutover)}, "
            + $"last {KeyTime.Words(cutover.ProbedAt.Value)})",
    };

    private static string Probes(CutoverStatus cutover) => cutover.Probes == 1 ? "1 probe" : $"{cutover.Probes} probes";

    /// <summary>What comes next for a key, in words.</summary>
    public static string Next(KeyReport report, RegisteredKey key) => key.State switch
    {
        _ when report.Unread.Contains(key.Name.ToLogString()) => "its secret cannot be opened at this node: wrong cluster secret",
        KeyState.Pending when key.IsHeld => "signs when it is activated by command",
        KeyState.Pending when report.Seen.NodesWithout(key).ToArray() is { Length: > 0 } without =>
            $"waits for {string.Join(", ", without)}",
        KeyState.Pending => "is about to sign",
        KeyState.Active when key is { Every: { } every, Activated: { } since } => $"rotates {KeyTime.Words(since + every)}",
        KeyState.Retiring => $"retires {KeyTime.Words(KeyLine.RetiresAt(key, report.Seen.LastUse(key)))} unless it is used",
        KeyState.Retired or KeyState.Revoked => $"{Word(key.State)} {KeyTime.Words(key.Ended ?? key.Created)}",
        _ => "",
    };

    /// <summary>A state as a word.</summary>
    public static string Word(KeyState state) => state.ToString().ToLowerInvariant();

    private static string[] Row(KeyReport report, RegisteredKey key)
    {
        KeyUse[] uses = [.. report.UsesOf(key)];
        string[] peers = [.. uses.Select(use => $"{use.Peer} {use.Operation}").Distinct()];
        const int shown = 3;
        string by = string.Join(", ", peers.Take(shown)) + (peers.Length > shown ? $" and {peers.Length - shown} more" : "");
        return
        [
            key.Line.ToLogString(),
            key.Generation.ToString(CultureInfo.InvariantCulture),
            key.Name.ToLogString(),
            key.Algorithm,
            Word(key.State),
            key.Kind == KeyKind.Cookie ? "-" : uses.Length == 0 ? "never" : KeyTime.Words(uses.Max(use => use.LastUsed)),
            key.Kind == KeyKind.Cookie ? "-" : uses.Sum(use => use.Count).ToString(CultureInfo.InvariantCulture),
            by.Length == 0 ? "-" : by,
            Next(report, key),
        ];
    }
}
