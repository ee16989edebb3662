using ActorDns.Kernel;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Journal;

/// <summary>What the node's journal writer can be told.</summary>
public abstract record JournalCommand
{
    private JournalCommand()
    {
    }

    /// <summary>Makes the changes of one zone durable. A zone has one append on its way at most.</summary>
    /// <param name="Zone">What is to be written, and on which version it stands.</param>
    /// <param name="Answer">Gets the outcome, however long it takes to know it.</param>
    public sealed record Append(ZoneAppend Zone, ReplyTo<AppendAnswer> Answer) : JournalCommand;

    /// <summary>A zone could not compare what it holds with the store: nothing is written, and that is said once for all.</summary>
    internal sealed record Unreadable(StoreStatus Status, string Message) : JournalCommand;

    /// <summary>Removes from the store what has served its time.</summary>
    internal sealed record Sweep : JournalCommand
    {
        internal static readonly Sweep Instance = new();
    }
}
