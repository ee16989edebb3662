using System.Globalization;
using ActorDns.Kernel;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Cluster;

/// <summary>
/// The zones whose steward this node is: for them, and nobody else for them, it asks primaries and tells secondaries (ARCHITECTURE §5.7).
/// Zones are parted into buckets, each with a lease in the store. Any thread may ask.
/// </summary>
/// <param name="node">This process, which signs what it passes on.</param>
/// <param name="clock">Ends a lease here before it ends in the store.</param>
public sealed class Stewardship(Guid node, TimeProvider clock)
{
    /// <summary>Number of buckets.</summary>
    internal const int Buckets = 64;

    private readonly Held?[] _held = new Held?[Buckets];

    /// <summary>Who takes and passes on.</summary>
    internal ActorRef<StewardCommand>? Keeper { get; set; }

    /// <summary>True when this node is the steward of a zone.</summary>
    public bool Holds(long zoneId) => TokenOf(zoneId) is not null;

    /// <summary>Proof of it, for what a steward writes; null when this node is not.</summary>
    internal LeaseToken? TokenOf(long zoneId) =>
        zoneId > 0 && Volatile.Read(ref _held[BucketOf(zoneId)]) is { } held && clock.GetTimestamp() < held.UntilTimestamp
            ? held.Token
            : null;

    /// <summary>Leases that this node holds, each for a group of zones.</summary>
    public int LeaseCount => Enumerable.Range(0, Buckets).Count(bucket => TokenAt(bucket) is not null);

    /// <summary>Has the secondaries of a zone told, by whoever is its steward.</summary>
    public void PassNotify(long zoneId) => Pass(zoneId, StewardRequest.Notify);

    /// <summary>Passes a request to a zone's steward, whoever that is.</summary>
    internal void Pass(long zoneId, StewardRequest request, NetEndpoint? sender = null, Serial? hint = null) =>
        Keeper?.Tell(new StewardCommand.Pass(new ClusterSignal.ForSteward(node, zoneId, request, sender, hint)));

    /// <summary>The bucket of a zone.</summary>
    internal static int BucketOf(long zoneId) => (int)(zoneId % Buckets);

    /// <summary>Name of a bucket's lease.</summary>
    internal static string LeaseOf(int bucket) => string.Create(CultureInfo.InvariantCulture, $"steward/{bucket}");

    /// <summary>The lease that is held of a bucket; null for none, or when it may be over.</summary>
    internal LeaseToken? TokenAt(int bucket) => TokenOf(bucket == 0 ? Buckets : bucket);

    /// <summary>Notes that a bucket's lease is held until a timestamp, or no more.</summary>
    internal void Set(int bucket, LeaseToken? token, long untilTimestamp) =>
        Volatile.Write(ref _held[bucket], token is { } held ? new Held(held, untilTimestamp) : null);

    private sealed record Held(LeaseToken Token, long UntilTimestamp);
}
