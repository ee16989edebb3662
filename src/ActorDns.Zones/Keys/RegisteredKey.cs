using System.Collections.Immutable;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;

namespace ActorDns.Zones.Keys;

/// <summary>
/// One generation of a key in the registry, as an immutable value. Generations that replace each other form a line, which keeps the name
/// of the first.
/// </summary>
public sealed record RegisteredKey
{
    /// <summary>How long a key must have been unused before it retires, unless something else was asked for.</summary>
    public static readonly TimeSpan DefaultOverlap = TimeSpan.FromDays(7);

    /// <summary>What the secret is for.</summary>
    public KeyKind Kind { get; init; } = KeyKind.Tsig;

    /// <summary>Name of the line: that of its first generation.</summary>
    public required DomainName Line { get; init; }

    /// <summary>Number in the line, from 1.</summary>
    public required int Generation { get; init; }

    /// <summary>Name in messages: the line's, or one of its own such as <c>certbot-g2</c>.</summary>
    public required DomainName Name { get; init; }

    /// <summary>The configuration's word for the algorithm, with the truncation policy if there is one.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The secret; null when it is gone, or sealed with a cluster secret that is not here.</summary>
    public TsigSecret? Secret { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required KeyState State { get; init; }

    /// <summary>When it was made or imported.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it began to sign.</summary>
    public DateTimeOffset? Activated { get; init; }

    /// <summary>When its successor began to sign instead.</summary>
    public DateTimeOffset? RetiringSince { get; init; }

    /// <summary>When it was retired or revoked.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Generation that it replaces; null for one that replaces none.</summary>
    public int? Predecessor { get; init; }

    /// <summary>True when it becomes active only by command.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Age at which it is rotated by itself; null for never.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>How long it must have been unused before it retires by itself.</summary>
    public TimeSpan Overlap { get; init; } = DefaultOverlap;

    /// <summary>Servers outside the cluster that it was exported for.</summary>
    public ImmutableArray<NetAddress> Peers { get; init; } = [];

    /// <summary>Counts the writes of this row; a write names the one that it saw. 0 before the first.</summary>
    public long RowVersion { get; init; }

    /// <summary>Version of the registry that this value came with: who has confirmed that one, knows the value.</summary>
    public long RingVersion { get; init; }

    /// <summary>True while it verifies.</summary>
    public bool IsLive => State is KeyState.Pending or KeyState.Active or KeyState.Retiring;

    /// <summary>The key as messages are signed with; null when the secret is not here or is not one of TSIG.</summary>
    public TsigKey? ToTsigKey() =>
        Kind == KeyKind.Tsig && Secret is not null && TsigAlgorithm.TryParse(Algorithm, out TsigAlgorithm algorithm, out int bits)
            ? new TsigKey(Name, algorithm, Secret, bits)
            : null;

    /// <summary>Name, generation and state, never the secret.</summary>
    public override string ToString() => $"{Name.ToLogString()} (generation {Generation}, {Algorithm}, {State})";
}
