using ActorDns.Actors.Transfers;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Access;
using ActorDns.Zones.Keys;

namespace ActorDns.Actors.Keys;

/// <summary>
/// Chooses the key for what this node sends: the active one of the line that the configuration names. While its predecessor retires, each
/// server is asked with that until a question signed with the new one was answered there. From any thread.
/// </summary>
/// <param name="clock">Tells when keys are used.</param>
public sealed class OutboundKeys(TimeProvider clock)
{
    /// <summary>Least time between two probes of a server.</summary>
    public static readonly TimeSpan ProbeInterval = TimeSpan.FromMinutes(1);

    private const int MaxUses = 4_096;
    private readonly Lock _turn = new();
    private readonly Dictionary<(NetEndpoint Peer, DomainName Line), KeyCutover> _cutovers = [];
    private readonly Dictionary<(RegisteredKey Key, NetAddress Peer, string Operation), (DateTimeOffset Last, long Count)> _uses = [];
    private Dictionary<DomainName, Line> _lines = [];

    /// <summary>Takes the keys as they are now.</summary>
    public void Update(KeyRing ring)
    {
        Dictionary<DomainName, Line> lines = [];
        foreach (IGrouping<DomainName, KeyRingEntry> entries in ring.Entries
            .Where(entry => entry.Registered is not null).GroupBy(entry => entry.Registered!.Line))
        {
            Line line = new(
                entries.Key,
                entries.FirstOrDefault(entry => entry.Registered!.State == KeyState.Active),
                entries.FirstOrDefault(entry => entry.Registered!.State == KeyState.Retiring));
            foreach (DomainName name in entries.SelectMany(entry => entry.Succeeds.Append(entry.Key.Name)).Append(entries.Key))
                lines[name] = line;
        }

        lock (_turn)
        {
            _lines = lines;
            foreach (((NetEndpoint, DomainName Line) at, KeyCutover cutover) in _cutovers.ToArray())
            {
                if (lines.GetValueOrDefault(at.Line) is not { Active: { } active, Retiring: not null } || !IsSame(active.Key, cutover.New))
                    _cutovers.Remove(at);
            }
        }
    }

    /// <summary>The registry's key of that name that signs; null when it has none.</summary>
    public TsigKey? Find(DomainName name)
    {
        lock (_turn)
            return _lines.GetValueOrDefault(name) is { } line ? (line.Active ?? line.Retiring)?.Key : null;
    }

    /// <summary>A server with the key that signs what is sent to it now, in place of the configured one.</summary>
    /// <param name="peer">The server and the configured key.</param>
    /// <param name="zone">The zone that it is about, for a probe.</param>
    /// <param name="operation">What is sent, for <c>key list</c>.</param>
    public Primary For(Primary peer, DomainName zone, string operation)
    {
        if (peer.Key is not { } configured)
            return peer;
        lock (_turn)
        {
            if (!_lines.TryGetValue(configured.Name, out Line? line) || Choose(line, peer, zone) is not { } chosen)
                return peer;
            CountUse(chosen.Registered!, peer.Endpoint.Address, operation);
            return peer with { Key = chosen.Key };
        }
    }

    /// <summary>How far the servers are that are asked with keys in a rotation.</summary>
    public IReadOnlyList<CutoverStatus> List()
    {
        lock (_turn)
        {
            return
            [
                .. _cutovers.Values.Select(one => new CutoverStatus(
                    one.Peer.Endpoint,
                    one.Old.Name.ToLogString(),
                    one.New.Name.ToLogString(),
                    one.IsProven,
                    one.Probes,
                    one.ProbedAt,
                    one.Problem)),
            ];
        }
    }

    /// <summary>The uses at a node of that name since this was called last.</summary>
    public IReadOnlyList<KeyUse> TakeUses(string node)
    {
        lock (_turn)
        {
            KeyUse[] taken =
            [
                .. _uses.Select(use => new KeyUse(
                    use.Key.Key.Line,
                    use.Key.Key.Generation,
                    use.Key.Peer.ToString(),
                    node,
                    use.Key.Operation,
                    use.Value.Last,
                    use.Value.Count)),
            ];
            _uses.Clear();
            return taken;
        }
    }

    /// <summary>A server whose probe is due, which counts as probed from now on; null when there is none.</summary>
    internal KeyCutover? TakeDueProbe()
    {
        lock (_turn)
        {
            DateTimeOffset now = clock.GetUtcNow();
            KeyCutover? due = _cutovers.Values.FirstOrDefault(one => !one.IsProven && !(now - one.ProbedAt < ProbeInterval));
            if (due is null)
                return null;
            due.ProbedAt = now;
            due.Probes++;
            return due;
        }
    }

    /// <summary>Takes what a probe found; an empty problem switches the server to the new key.</summary>
    internal void Probed(KeyCutover cutover, string problem)
    {
        lock (_turn)
        {
            cutover.Problem = problem;
            cutover.IsProven = problem.Length == 0;
        }
    }

    private static bool IsSame(TsigKey one, TsigKey other) => one.Name == other.Name && one.Secret.Equals(other.Secret);

    private KeyRingEntry? Choose(Line line, Primary peer, DomainName zone)
    {
        if (line.Active is not { } active || line.Retiring is not { } retiring)
            return line.Active ?? line.Retiring;
        if (!_cutovers.TryGetValue((peer.Endpoint, line.Name), out KeyCutover? cutover))
        {
            cutover = new KeyCutover(peer with { Key = active.Key }, zone, retiring.Key, active.Key);
            _cutovers.Add((peer.Endpoint, line.Name), cutover);
        }

        return cutover.IsProven ? active : retiring;
    }

    private void CountUse(RegisteredKey key, NetAddress peer, string operation)
    {
        (RegisteredKey, NetAddress, string) use = (key, peer, operation);
        if (_uses.TryGetValue(use, out (DateTimeOffset Last, long Count) before) || _uses.Count < MaxUses)
            _uses[use] = (clock.GetUtcNow(), before.Count + 1);
    }

    private sealed record Line(DomainName Name, KeyRingEntry? Active, KeyRingEntry? Retiring);
}
