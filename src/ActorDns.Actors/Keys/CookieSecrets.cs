using System.Collections.Immutable;
using ActorDns.Zones.Keys;

namespace ActorDns.Actors.Keys;

/// <summary>The secrets of DNS server cookies among the registered keys (RFC 9018 §5).</summary>
public static class CookieSecrets
{
    /// <summary>The word for what the secrets are used with.</summary>
    public const string Algorithm = "siphash-2-4";

    /// <summary>Age at which a secret is replaced.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromDays(1);

    /// <summary>How long an old one is accepted: a cookie is good for an hour, and clocks differ.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(2);

    /// <summary>
    /// The secrets, the one that makes cookies first: the active one, then <paramref name="own"/> where there is none yet.
    /// </summary>
    public static byte[][] From(IEnumerable<RegisteredKey> keys, byte[] own)
    {
        ImmutableArray<RegisteredKey> live = [.. keys.Where(key => key is { Kind: KeyKind.Cookie, IsLive: true, Secret: not null })];
        byte[][] others = [.. live.Where(key => key.State != KeyState.Active).Select(key => key.Secret!.Octets.ToArray())];
        return live.FirstOrDefault(key => key.State == KeyState.Active) is { } active
            ? [active.Secret!.Octets.ToArray(), .. others, own]
            : [own, .. others];
    }
}
