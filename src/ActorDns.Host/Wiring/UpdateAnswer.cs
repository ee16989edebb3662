using ActorDns.Kernel;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Ports;

namespace ActorDns.Host.Wiring;

/// <summary>Brings a zone actor's answer to the listener that took the update.</summary>
/// <param name="update">The update.</param>
/// <param name="deadlines">Where the wait for the answer is limited.</param>
internal sealed class UpdateAnswer(PendingUpdate update, UpdateDeadlines deadlines) : CalledReply<Rcode>
{
    private volatile bool _isGiven;

    /// <summary>True when there is nothing to wait for.</summary>
    public bool IsGiven => _isGiven;

    /// <summary>Ends the wait: the client gets SERVFAIL, whatever becomes of the update.</summary>
    public void Expire()
    {
        _isGiven = true;
        update.TryComplete(Rcode.ServFail);
    }

    /// <inheritdoc/>
    protected override bool TryTake(Rcode value)
    {
        _isGiven = true;
        deadlines.Forget(this);
        return update.TryComplete(value);
    }
}
