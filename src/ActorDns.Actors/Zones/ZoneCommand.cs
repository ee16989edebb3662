using ActorDns.Actors.Journal;
using ActorDns.Kernel;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Loading;

namespace ActorDns.Actors.Zones;

/// <summary>What a zone's actor can be told.</summary>
public abstract record ZoneCommand
{
    private ZoneCommand()
    {
    }

    /// <summary>Takes the configuration, at first and after each reload of it.</summary>
    public sealed record Configure(ZoneSettings Settings) : ZoneCommand;

    /// <summary>
    /// Reads the zone's file and, when it is good, publishes it; otherwise what is served stays. A dynamic zone is taken from the journal.
    /// </summary>
    /// <param name="File">The file.</param>
    /// <param name="Checks">Which checks it goes through.</param>
    /// <param name="Done">Gets the outcome.</param>
    public sealed record Load(string File, ZoneCheckOptions Checks, ReplyTo<ZoneLoadOutcome> Done) : ZoneCommand;

    /// <summary>Gives a secondary what it had: from the journal, or from its file.</summary>
    /// <param name="File">The file; null for none.</param>
    /// <param name="Checks">Which checks it goes through.</param>
    /// <param name="Done">Gets what is served.</param>
    public sealed record Restore(string? File, ZoneCheckOptions Checks, ReplyTo<SecondaryContent> Done) : ZoneCommand;

    /// <summary>Publishes what a transfer brought, once it is in the journal.</summary>
    public sealed record TakeTransfer(IncomingTransfer Transfer) : ZoneCommand;

    /// <summary>Serves a version no more: it has expired. Nothing happens when another one is served by then.</summary>
    public sealed record Expire(Serial Serial) : ZoneCommand;

    /// <summary>Changes the zone.</summary>
    public sealed record Update(IncomingUpdate Request) : ZoneCommand;

    /// <summary>Asks how the zone is.</summary>
    public sealed record Report(ReplyTo<ZoneReport> Done) : ZoneCommand;

    /// <summary>
    /// Takes no updates until <see cref="Thaw"/>; the reply is false when it was frozen already. <see cref="Sync"/> then writes the file.
    /// </summary>
    public sealed record Freeze(ReplyTo<bool> Done) : ZoneCommand;

    /// <summary>Reads the file, journals what differs, and takes updates again; a file that is refused leaves the zone frozen.</summary>
    public sealed record Thaw(ReplyTo<ZoneLoadOutcome> Done) : ZoneCommand;

    /// <summary>Writes the file now; the reply says why not, or null.</summary>
    public sealed record Sync(ReplyTo<string?> Done) : ZoneCommand;

    /// <summary>Goes back to the content of an earlier serial, under a new one.</summary>
    public sealed record Rollback(RollbackRequest Request) : ZoneCommand;

    /// <summary>Takes the zone out of service; the reply comes when nobody reads it any more and the actor stops.</summary>
    public sealed record Withdraw(ReplyTo<bool> Done) : ZoneCommand;

    /// <summary>The journal has decided about what was proposed.</summary>
    internal sealed record Journaled(AppendAnswer Answer) : ZoneCommand;

    /// <summary>A load that the store was away for is tried again.</summary>
    internal sealed record LoadAgain(LoadWork Work) : ZoneCommand;

    /// <summary>The file was written, or not.</summary>
    internal sealed record FileWritten(string File, Serial Serial, ImportedFile? Import, string? Reason) : ZoneCommand;

    /// <summary>A checkpoint was made, or not.</summary>
    internal sealed record CheckpointMade(long Version, string? Reason) : ZoneCommand;

    /// <summary>A change has waited long enough to be written to the file.</summary>
    internal sealed record WriteBack : ZoneCommand
    {
        internal static readonly WriteBack Instance = new();
    }

    /// <summary>The notifier had no room for a new serial.</summary>
    internal sealed record TellAgain : ZoneCommand
    {
        internal static readonly TellAgain Instance = new();
    }

    /// <summary>Frees replaced versions that nobody reads any more.</summary>
    internal sealed record Collect : ZoneCommand
    {
        internal static readonly Collect Instance = new();
    }
}
