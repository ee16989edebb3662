using ActorDns.Kernel;
using ActorDns.Zones.Loading;

namespace ActorDns.Actors.Zones;

/// <summary>What a zone's actor can be told.</summary>
public abstract record ZoneCommand
{
    private ZoneCommand()
    {
    }

    /// <summary>Reads the zone's file and, when it is good, publishes it; otherwise what is served stays.</summary>
    /// <param name="File">The file.</param>
    /// <param name="Checks">Which checks it goes through.</param>
    /// <param name="Done">Gets the outcome.</param>
    public sealed record Load(string File, ZoneCheckOptions Checks, ReplyTo<ZoneLoadOutcome> Done) : ZoneCommand;

    /// <summary>Takes the zone out of service; the reply comes when nobody reads it any more and the actor stops.</summary>
    public sealed record Withdraw(ReplyTo<bool> Done) : ZoneCommand;

    /// <summary>Frees replaced versions that nobody reads any more.</summary>
    internal sealed record Collect : ZoneCommand
    {
        internal static readonly Collect Instance = new();
    }
}
