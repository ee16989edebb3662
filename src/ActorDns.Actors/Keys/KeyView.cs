using System.Collections.Immutable;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Keys;

namespace ActorDns.Actors.Keys;

/// <summary>The registry as this node has read it, with the secrets that it could open.</summary>
/// <param name="Table">What is stored.</param>
/// <param name="Keys">The keys, live ones with their secrets.</param>
internal sealed record KeyView(KeyTable Table, ImmutableArray<RegisteredKey> Keys)
{
    public static readonly KeyView Empty =
        new(new KeyTable(0, DateTimeOffset.UnixEpoch, [], ImmutableDictionary<string, long>.Empty), []);

    public ImmutableArray<KeyLine> Lines { get; } = KeyLine.Of(Keys);

    /// <summary>Live keys whose secrets could not be opened here.</summary>
    public IEnumerable<RegisteredKey> Unread => Keys.Where(key => key.IsLive && key.Secret is null);
}
