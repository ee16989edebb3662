using ActorDns.Kernel;

namespace ActorDns.Actors.Cluster;

/// <summary>
/// Lets answers out at once when nobody has to be waited for, and else through the actor that holds them. Any thread may use it.
/// </summary>
public sealed class PropagationGate
{
    private long _openUpTo = long.MaxValue;
    private volatile IReadOnlyList<PeerProgress> _peers = [];

    /// <summary>The other nodes that live, and how far they are.</summary>
    public IReadOnlyList<PeerProgress> Peers => _peers;

    /// <summary>Who holds.</summary>
    internal ActorRef<PropagationCommand>? Holder { get; set; }

    /// <summary>Gives an answer as soon as everybody who is waited for serves a group; 0 for none.</summary>
    internal void Answer<T>(long group, ReplyTo<T> to, T value)
    {
        if (group <= Volatile.Read(ref _openUpTo) || Holder?.Tell(new PropagationCommand.Hold(group, () => to.Reply(value))) != true)
            to.Reply(value);
    }

    /// <summary>Says up to which group nobody is waited for.</summary>
    internal void Open(long upTo, IReadOnlyList<PeerProgress> peers)
    {
        _peers = peers;
        Volatile.Write(ref _openUpTo, upTo);
    }
}
