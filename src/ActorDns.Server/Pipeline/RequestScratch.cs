using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Server.Ports;
using ActorDns.Server.Transfers;
using ActorDns.Zones.Lookup;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Memory that one worker uses again for every request: plan, compression table, signature context, counters. One thread at a time.
/// </summary>
/// <param name="events">Where logs go.</param>
/// <param name="counters">This worker's counters.</param>
/// <param name="leases">Where transfers lease their snapshots.</param>
/// <param name="writers">Where changes go; null where nothing can be changed.</param>
public sealed class RequestScratch(
    RequestEvents events, RequestCounters counters, SnapshotLeases leases, IZoneWriters? writers) : IDisposable
{
    /// <summary>The signature context of the request; meaningful when <see cref="IsSigned"/>.</summary>
    internal TsigContext Tsig;

    /// <summary>Where logs go.</summary>
    public RequestEvents Events { get; } = events;

    /// <summary>Where transfers lease their snapshots.</summary>
    public SnapshotLeases Leases { get; } = leases;

    /// <summary>Where changes go; null where nothing can be changed.</summary>
    internal IZoneWriters? Writers { get; } = writers;

    /// <summary>This worker's counters.</summary>
    public RequestCounters Counters { get; } = counters;

    /// <summary>The plan of the answer.</summary>
    public AnswerPlan Plan { get; } = new();

    /// <summary>What was searched for on behalf of the whole batch; null where requests do not come in batches.</summary>
    internal SearchAhead? Ahead { get; init; }

    /// <summary>The names of the reply that is being written.</summary>
    internal CompressionTable Names { get; } = new(8, caseSensitive: false);

    /// <summary>True when the request carries a TSIG record, good or bad.</summary>
    internal bool IsSigned { get; set; }

    /// <summary>True when the request carries a cookie option.</summary>
    internal bool HasCookie { get; set; }

    /// <summary>Client and server cookie for the reply; meaningful when <see cref="HasCookie"/>.</summary>
    internal byte[] ReplyCookie { get; } = new byte[ServerCookies.OptionBytes];

    /// <summary>A transfer for a session to take over.</summary>
    public TransferRequest? Transfer { get; internal set; }

    /// <summary>An update for its zone's writer to take over.</summary>
    public PendingUpdate? Update { get; internal set; }

    /// <summary>What an entitled transfer is answered with instead of a session; NOERROR starts one.</summary>
    internal Rcode TransferOutcome { get; set; }

    /// <summary>Name of the key that verified; empty otherwise.</summary>
    internal ReadOnlySpan<byte> VerifiedKeyName =>
        IsSigned && Tsig.Outcome == TsigOutcome.Verified ? Tsig.Key!.Name.Wire : default;

    /// <summary>Names of the keys that the verified one succeeds, one after the other; empty when it succeeds none.</summary>
    internal ReadOnlyMemory<byte> KeyAliases { get; set; }

    /// <summary>Forgets the previous request.</summary>
    internal void Reset()
    {
        IsSigned = false;
        KeyAliases = default;
        HasCookie = false;
        Transfer = null;
        Update = null;
        TransferOutcome = Rcode.NoError;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Plan.Dispose();
        Ahead?.Dispose();
    }
}
