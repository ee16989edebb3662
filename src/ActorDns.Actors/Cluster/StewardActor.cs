using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ActorDns.Actors.Maintenance;
using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Cluster;

/// <summary>
/// Takes the leases of the buckets for which this node comes first among those that live, and lets go of the others. Which node that is
/// follows from the names alone, so that a node that comes or goes moves its own share only.
/// </summary>
internal sealed class StewardActor(StewardServices services) : Actor<StewardCommand>
{
    private const int MailboxCapacityMessages = 16_384;
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(2);

    /// <summary>The lease is over here before it is over in the store, whatever the clocks' pace.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    private readonly long[] _renewed = new long[Stewardship.Buckets];
    private readonly HashSet<FollowedZone> _stewarded = [];
    private bool _isLooking;

    /// <summary>The recipe.</summary>
    public static Props<StewardCommand> CreateProps(StewardServices services) =>
        new(() => new StewardActor(services)) { MailboxCapacityMessages = MailboxCapacityMessages };

    /// <summary>The node that is to keep a bucket, of those named.</summary>
    internal static string? FirstOf(int bucket, IEnumerable<string> nodes) => nodes.MaxBy(node => (Weight(bucket, node), node));

    /// <inheritdoc/>
    protected override ValueTask PreStartAsync(ActorContext<StewardCommand> ctx)
    {
        ctx.Timers.StartPeriodic(nameof(StewardCommand.Look), LookInterval, StewardCommand.Look.Instance);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask ReceiveAsync(StewardCommand message, ActorContext<StewardCommand> ctx)
    {
        switch (message)
        {
            case StewardCommand.Look when !_isLooking:
                _isLooking = true;
                ctx.PipeToSelf(LookAsync(ctx), static _ => StewardCommand.Looked.Instance, static _ => StewardCommand.Looked.Instance);
                break;
            case StewardCommand.Looked:
                _isLooking = false;
                TellZones();
                break;
            case StewardCommand.Asked asked:
                Do(asked.Signal);
                break;
            case StewardCommand.Pass pass when services.Held.Holds(pass.Signal.ZoneId):
                Do(pass.Signal);
                break;
            case StewardCommand.Pass pass:
                ctx.PipeToSelf(
                    services.Opened.Store.Cluster!.Signals.SendAsync(pass.Signal.ToString(), ctx.Stopping).AsTask(),
                    static sent => new StewardCommand.Passed(sent),
                    static failure => new StewardCommand.Passed(new(StoreStatus.Unavailable, failure.Message)));
                break;
        }

        return ValueTask.CompletedTask;
    }

    private static ulong Weight(int bucket, string node) => BinaryPrimitives.ReadUInt64BigEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Stewardship.LeaseOf(bucket)}@{node}")));

    /// <summary>Takes and gives back, one lease after the other; with a store that is away leases just end.</summary>
    private async Task<bool> LookAsync(ActorContext<StewardCommand> ctx)
    {
        if (!services.Membership.Status.IsReachable
            || await services.Opened.OpenAsync(ctx.Stopping).ConfigureAwait(false) is not { IsDone: true })
        {
            return false;
        }

        string[] live = [.. services.Membership.Status.Live
            .Select(static member => member.Report)
            .Where(report => report.State == MemberState.Serving || report.Incarnation == services.Membership.Incarnation)
            .Select(static report => report.Node)];
        bool mayTake = services.Membership.State == MemberState.Serving;
        HashSet<int> used = [.. services.Zones.All
            .Select(static zone => zone.Place.ZoneId).Where(static id => id > 0).Select(Stewardship.BucketOf)];
        for (int bucket = 0; bucket < Stewardship.Buckets; bucket++)
        {
            bool isMine = mayTake && used.Contains(bucket) && FirstOf(bucket, live) == services.Membership.Node;
            if (isMine)
                await TakeAsync(bucket, ctx).ConfigureAwait(false);
            else if (services.Held.TokenAt(bucket) is { } token)
                await ReleaseAsync(bucket, token, ctx.Stopping).ConfigureAwait(false);
        }

        return true;
    }

    private async ValueTask TakeAsync(int bucket, ActorContext<StewardCommand> ctx)
    {
        if (services.Held.TokenAt(bucket) is not null && ctx.Clock.GetElapsedTime(_renewed[bucket]) < RenewAfter)
            return;
        long asked = ctx.Clock.GetTimestamp();
        StoreResult<Lease> lease = await services.Opened.Store.Leases
            .AcquireAsync(Stewardship.LeaseOf(bucket), HolderName, LeaseDuration, ctx.Stopping).ConfigureAwait(false);
        if (!lease.IsDone)
            return;
        _renewed[bucket] = asked;
        long until = asked + (long)((LeaseDuration - Margin).TotalSeconds * ctx.Clock.TimestampFrequency);
        services.Held.Set(bucket, lease.Value.Holder == HolderName ? lease.Value.Token : null, until);
    }

    private async ValueTask ReleaseAsync(int bucket, LeaseToken token, CancellationToken ct)
    {
        services.Held.Set(bucket, null, 0);
        await services.Opened.Store.Leases.ReleaseAsync(token, ct).ConfigureAwait(false);
    }

    // A process that starts again is another holder: what its predecessor had under way is fenced off.
    private string HolderName => $"{services.Membership.Node} {services.Membership.Incarnation:N}";

    /// <summary>Tells zones whose steward this node has become, or is no more.</summary>
    private void TellZones()
    {
        HashSet<FollowedZone> all = [.. services.Zones.All];
        foreach (FollowedZone zone in all)
        {
            bool isSteward = services.Held.Holds(zone.Place.ZoneId);
            if (isSteward == _stewarded.Contains(zone))
                continue;
            if (isSteward)
                _stewarded.Add(zone);
            else
                _stewarded.Remove(zone);
            zone.Refresher?.Tell(new RefreshCommand.StewardChanged(isSteward));
            if (isSteward)
                zone.Writer?.Tell(ZoneCommand.TellAgain.Instance);
        }

        _stewarded.IntersectWith(all);
    }

    private void Do(ClusterSignal.ForSteward signal)
    {
        if (!services.Held.Holds(signal.ZoneId) || !services.Zones.TryFind(signal.ZoneId, out FollowedZone? zone))
            return;
        switch (signal.Request)
        {
            case StewardRequest.Refresh:
                zone.Refresher?.Tell(new RefreshCommand.Refresh());
                break;
            case StewardRequest.Retransfer:
                zone.Refresher?.Tell(new RefreshCommand.Retransfer());
                break;
            case StewardRequest.Notified when signal.Sender is { } sender:
                zone.Refresher?.Tell(new RefreshCommand.Notified(sender, signal.Hint));
                break;
            case StewardRequest.Notify:
                zone.Writer?.Tell(ZoneCommand.TellSecondaries.Instance);
                break;
        }
    }
}
