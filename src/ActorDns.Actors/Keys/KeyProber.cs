using ActorDns.Actors.Maintenance;
using ActorDns.Kernel;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Keys;

/// <summary>
/// Finds out which servers know a new key: asks each for the SOA of a zone, signed with it, at most once a minute, until a verified answer
/// comes.
/// </summary>
/// <param name="keys">Whom to ask, and what was found.</param>
/// <param name="log">Category <c>security</c>.</param>
public sealed class KeyProber(OutboundKeys keys, ILogger log) : Actor<ProbeCommand>
{
    /// <summary>Time between two looks at what is due.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private const int MaxProbes = 8;
    private int _running;

    /// <inheritdoc/>
    protected override ValueTask PreStartAsync(ActorContext<ProbeCommand> ctx)
    {
        ctx.Timers.StartPeriodic(nameof(ProbeCommand.Look), LookInterval, ProbeCommand.Look.Instance);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask ReceiveAsync(ProbeCommand message, ActorContext<ProbeCommand> ctx)
    {
        if (message is ProbeCommand.Answered answered)
            Judge(answered.Cutover, answered.Answer);
        while (_running < MaxProbes && keys.TakeDueProbe() is { } due)
        {
            _running++;
            SoaQuery query = new(due.Zone, triesTcp: true, ctx.Clock);
            ctx.PipeToSelf<SoaAnswer>(
                query.AskAsync(due.Peer, ctx.Stopping),
                answer => new ProbeCommand.Answered(due, answer),
                failure => new ProbeCommand.Answered(due, new SoaAnswer(null, null, failure.Message)));
        }

        return ValueTask.CompletedTask;
    }

    private void Judge(KeyCutover cutover, SoaAnswer answer)
    {
        _running--;
        string problem = answer.Serial is null ? answer.Reason : "";
        keys.Probed(cutover, problem);
        string peer = cutover.Peer.Endpoint.ToString();
        string name = cutover.New.Name.ToLogString();
        if (problem.Length == 0)
            Log.PeerSwitched(log, peer, name);
        else
            Log.PeerNotSwitched(log, peer, name, problem, cutover.Old.Name.ToLogString());
    }
}
