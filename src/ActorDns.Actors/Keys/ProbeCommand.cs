using ActorDns.Actors.Maintenance;

namespace ActorDns.Actors.Keys;

/// <summary>What the prober can be told.</summary>
public abstract record ProbeCommand
{
    private ProbeCommand()
    {
    }

    /// <summary>The timer: probes what is due.</summary>
    internal sealed record Look : ProbeCommand
    {
        /// <summary>The one instance.</summary>
        public static readonly Look Instance = new();
    }

    /// <summary>A server has answered, or has not.</summary>
    internal sealed record Answered(KeyCutover Cutover, SoaAnswer Answer) : ProbeCommand;
}
