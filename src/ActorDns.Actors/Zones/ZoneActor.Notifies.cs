using ActorDns.Actors.Notify;
using ActorDns.Kernel;
using ActorDns.Protocol.Records;

namespace ActorDns.Actors.Zones;

/// <content>Other servers are told of new serials.</content>
public sealed partial class ZoneActor
{
    private static readonly TimeSpan TellAgainInterval = TimeSpan.FromSeconds(1);
    private Serial? _told;

    /// <summary>
    /// After each turn: whatever made the serial a new one, the notifier hears of the newest. When it has no room it is told again later,
    /// as nothing else would make up for it.
    /// </summary>
    private void TellNotifier(ActorContext<ZoneCommand> ctx)
    {
        if (_zone.Services.Notifier is not { } notifier || _zone.Current is not { } current || current.Serial == _told)
            return;
        if (notifier.Tell(new NotifyCommand.Changed(_zone.Published)))
            _told = current.Serial;
        else
            ctx.Timers.StartSingle(nameof(ZoneCommand.TellAgain), TellAgainInterval, ZoneCommand.TellAgain.Instance);
    }
}
