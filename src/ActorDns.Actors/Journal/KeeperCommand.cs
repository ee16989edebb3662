namespace ActorDns.Actors.Journal;

/// <summary>What the keeper of the journal can be told.</summary>
public abstract record KeeperCommand
{
    private KeeperCommand()
    {
    }

    /// <summary>Removes what is beyond the retention.</summary>
    public sealed record Trim : KeeperCommand
    {
        /// <summary>The one instance.</summary>
        public static readonly Trim Instance = new();
    }
}
