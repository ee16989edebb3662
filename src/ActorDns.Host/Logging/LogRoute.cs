using ActorDns.Configuration.Model;

namespace ActorDns.Host.Logging;

/// <summary>A channel in use: what it takes and where that goes.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Sink">Its destination.</param>
/// <param name="NeedsDebug">True for a channel that is silent until debugging is on.</param>
internal sealed record LogRoute(LogChannel Channel, ILogSink Sink, bool NeedsDebug = false)
{
    /// <summary>True when the channel takes lines of that level while the server debugs at that one.</summary>
    public bool Takes(BindLevel level, int debugLevel)
    {
        if (NeedsDebug && debugLevel == 0)
            return false;
        int channelDebug = Channel.Severity == LogSeverity.Dynamic ? debugLevel : Channel.DebugLevel;
        return level.Value <= BindLevel.Of(Channel.Severity, channelDebug).Value;
    }
}
