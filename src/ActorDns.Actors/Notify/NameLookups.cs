using System.Net;
using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Notify;

/// <summary>
/// Names that are in none of our zones, asked of the system beside everything else: few at a time, as each may hold a thread until
/// the system's resolver gives up, and with a bound after which the rounds that wait are told that there is no answer.
/// </summary>
internal sealed class NameLookups(NotifierServices services, Schedule schedule, ActorContext<NotifyCommand> ctx)
{
    private const int MaxRunning = 4;
    private const int MaxNames = 4_096;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepGood = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan KeepBad = TimeSpan.FromMinutes(1);
    private readonly Dictionary<DomainName, NameLookup> _names = [];
    private readonly Queue<NameLookup> _waiting = new();
    private int _running;

    /// <summary>The addresses of a name if they are known; otherwise the name is asked for, and the zone waits for the answer.</summary>
    public bool TryGet(DomainName name, NotifyZone zone, TimeSpan now, out IReadOnlyList<NetAddress> addresses)
    {
        addresses = [];
        if (!_names.TryGetValue(name, out NameLookup? lookup))
        {
            if (!MakeRoom(now))
            {
                Log.NameServerUnknown(services.Log, zone.Settings.LogName, name.ToLogString());
                return true;
            }

            _names[name] = lookup = new NameLookup(name);
        }

        if (lookup.Addresses is { } known && now < lookup.KnownUntil)
        {
            addresses = known;
            return true;
        }

        bool isAskedFor = lookup.Zones.Count > 0;
        lookup.Zones.Add(zone);
        if (!isAskedFor && !lookup.IsRunning)
            _waiting.Enqueue(lookup);
        StartNext(now);
        return false;
    }

    /// <summary>Takes an answer; gives the zones that waited for it.</summary>
    public IReadOnlyList<NotifyZone> Resolved(NotifyCommand.Resolved answer, TimeSpan now)
    {
        if (!_names.TryGetValue(answer.Name, out NameLookup? lookup) || !lookup.IsRunning)
            return []; // Asked for before a restart.
        lookup.IsRunning = false;
        _running--;
        schedule.Cancel(lookup);
        IReadOnlyList<NotifyZone> zones = Settle(lookup, answer.Addresses, now);
        StartNext(now);
        return zones;
    }

    /// <summary>The system takes too long: those that wait go on without the name.</summary>
    public void Expired(NameLookup lookup, TimeSpan now) => Settle(lookup, [], now);

    private NotifyZone[] Settle(NameLookup lookup, IReadOnlyList<NetAddress> addresses, TimeSpan now)
    {
        lookup.Addresses = addresses;
        lookup.KnownUntil = now + (addresses.Count > 0 ? KeepGood : KeepBad);
        if (addresses.Count == 0 && !lookup.IsSaid && lookup.Zones.FirstOrDefault() is { } first)
            Log.NameServerUnknown(services.Log, first.Settings.LogName, lookup.Name.ToLogString());
        lookup.IsSaid = addresses.Count == 0;
        NotifyZone[] zones = [.. lookup.Zones];
        lookup.Zones.Clear();
        return zones;
    }

    private void StartNext(TimeSpan now)
    {
        while (_running < MaxRunning && _waiting.TryDequeue(out NameLookup? lookup))
        {
            lookup.IsRunning = true;
            _running++;
            schedule.Set(lookup, now + Bound);
            DomainName name = lookup.Name;
            ctx.PipeToSelf(
                AskAsync(name.ToLogString()),
                found => new NotifyCommand.Resolved(name, [.. found.Select(NetAddress.From)]),
                _ => new NotifyCommand.Resolved(name, []));
        }
    }

    private async Task<IPAddress[]> AskAsync(string name)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // What the system does first may take a while.
        return await services.Resolve(name).ConfigureAwait(false);
    }

    private bool MakeRoom(TimeSpan now)
    {
        if (_names.Count < MaxNames)
            return true;
        foreach (NameLookup old in _names.Values.Where(old => !old.IsRunning && old.Zones.Count == 0 && old.KnownUntil <= now).ToList())
            _names.Remove(old.Name);
        return _names.Count < MaxNames;
    }
}
