using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;

namespace ActorDns.Zones.Keys;

/// <summary>Puts the keys of the configuration and those of the registry together.</summary>
public static class KeyRingBuilder
{
    /// <summary>
    /// Makes the ring. Where both sides have a key of one name, the registry's counts: a key of the configuration that was rotated is in
    /// the
    /// registry with its life. Of two generations with one name the one that signs is tried first.
    /// </summary>
    public static KeyRing Build(IEnumerable<TsigKey> configured, IEnumerable<RegisteredKey> registered)
    {
        IReadOnlyList<KeyLine> lines = [.. KeyLine.Of(registered.Where(key => key.Kind == KeyKind.Tsig))];
        HashSet<DomainName> managed = [.. lines.SelectMany(line => line.Generations).Select(key => key.Name)];
        IEnumerable<KeyRingEntry> own = configured
            .Where(key => !managed.Contains(key.Name))
            .Select(key => new KeyRingEntry(key));
        return KeyRing.Create(own.Concat(lines.SelectMany(Entries))
            .GroupBy(entry => entry.Key.Name)
            .SelectMany(same => same.Take(ITsigKeySource.MaxGenerations)));
    }

    private static IEnumerable<KeyRingEntry> Entries(KeyLine line) =>
        from key in line.Generations.Where(key => key.IsLive).OrderBy(key => key.State == KeyState.Active ? 0 : 1)
        let made = key.ToTsigKey()
        where made is not null
        select new KeyRingEntry(made) { Registered = key, Succeeds = [.. line.AncestorsOf(key)] };
}
