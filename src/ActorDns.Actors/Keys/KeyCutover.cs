using ActorDns.Actors.Transfers;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Actors.Keys;

/// <summary>A server that is asked with an old key until it is known to have the new one.</summary>
/// <param name="Peer">The server.</param>
/// <param name="Zone">A zone that it is asked about.</param>
/// <param name="Old">The key that signs until then.</param>
/// <param name="New">The key that signs after it.</param>
internal sealed record KeyCutover(Primary Peer, DomainName Zone, TsigKey Old, TsigKey New)
{
    /// <summary>True when a question signed with the new key was answered.</summary>
    public bool IsProven { get; set; }

    /// <summary>When it was probed last; null for never.</summary>
    public DateTimeOffset? ProbedAt { get; set; }

    /// <summary>Probes so far.</summary>
    public int Probes { get; set; }

    /// <summary>Why the last probe failed; empty when it did not.</summary>
    public string Problem { get; set; } = "";
}
