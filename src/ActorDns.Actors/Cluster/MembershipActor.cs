using ActorDns.Actors.Journal;
using ActorDns.Kernel;
using ActorDns.Storage.Contracts;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Cluster;

/// <summary>Says each second that this node lives, and tells who else does.</summary>
/// <param name="membership">What is said and known.</param>
/// <param name="opened">The store.</param>
/// <param name="settings">How long a node lives after it was heard last.</param>
/// <param name="changed">Takes the nodes that live; called in the turn of the actor.</param>
/// <param name="log">Category <c>database</c>.</param>
internal sealed class MembershipActor(
    Membership membership, OpenedStore opened, ClusterSettings settings, Action<IReadOnlyList<ClusterMember>> changed, ILogger log)
    : Actor<MembershipCommand>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly List<ReplyTo<bool>> _waiting = [];
    private bool _isBeating;
    private bool _isRefused;
    private bool _beatsAgain;

    /// <inheritdoc/>
    protected override ValueTask PreStartAsync(ActorContext<MembershipCommand> ctx)
    {
        ctx.Timers.StartPeriodic(nameof(MembershipCommand.Beat), Interval, MembershipCommand.Beat.Instance);
        Beat(ctx);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask ReceiveAsync(MembershipCommand message, ActorContext<MembershipCommand> ctx)
    {
        switch (message)
        {
            case MembershipCommand.Beat:
                Beat(ctx);
                break;
            case MembershipCommand.Become become:
                membership.State = become.State;
                _waiting.Add(become.Done);
                _beatsAgain = _isBeating;
                Beat(ctx);
                break;
            case MembershipCommand.Beaten beaten:
                Take(beaten.View, ctx);
                break;
        }

        return ValueTask.CompletedTask;
    }

    private void Beat(ActorContext<MembershipCommand> ctx)
    {
        if (_isBeating || membership.State == MemberState.Left)
            return;
        _isBeating = true;
        ctx.PipeToSelf(
            membership.BeatAsync(opened, settings.AliveFor, ctx.Stopping),
            static view => new MembershipCommand.Beaten(view),
            static failure => new MembershipCommand.Beaten(new(StoreStatus.Unavailable, failure.Message)));
    }

    private void Take(StoreResult<ClusterView> result, ActorContext<MembershipCommand> ctx)
    {
        _isBeating = false;
        if (result.IsDone)
            Publish(result.Value);
        else
            membership.Status = membership.Status with { IsReachable = false };
        if (result.Status == StoreStatus.Refused && !_isRefused)
            Log.NameIsTaken(log, membership.Node, result.Message);
        _isRefused = result.Status == StoreStatus.Refused;
        if (_beatsAgain)
        {
            _beatsAgain = false;
            Beat(ctx);
            return;
        }

        foreach (ReplyTo<bool> waiting in _waiting)
            waiting.Reply(result.IsDone);
        _waiting.Clear();
    }

    private void Publish(ClusterView view)
    {
        ClusterMember[] live = [.. view.Alive(settings.AliveFor)];
        HashSet<Guid> before = [.. membership.Status.Live.Select(static member => member.Report.Incarnation)];
        foreach (ClusterMember member in live)
        {
            if (!before.Remove(member.Report.Incarnation) && member.Report.Incarnation != membership.Incarnation)
                Log.NodeLives(log, member.Report.Node);
        }

        foreach (ClusterMember gone in membership.Status.Live.Where(member => before.Contains(member.Report.Incarnation)))
            Log.NodeGone(log, gone.Report.Node);
        membership.Status = new ClusterStatus(view, live, true);
        changed(live);
    }
}
