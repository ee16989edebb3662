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
    public sealed record Load(string File, ZoneCheckOptions Checks, ReplyTo<ZoneLoadOutcome> Done) : ZoneCommand
    {
        /// <summary>True when an operator asks for this zone: only then is a changed file taken where other nodes have theirs.</summary>
        public bool IsExplicit { get; init; }
    }

    /// <summary>Gives a secondary what it had: from the journal, or from its file.</summary>
    /// <param name="File">The file; null for none.</param>
    /// <param name="Checks">Which checks it goes through.</param>
    /// <param name="Done">Gets what is served.</param>
    public sealed record Restore(string? File, ZoneCheckOptions Checks, ReplyTo<SecondaryContent> Done) : ZoneCommand
    {
        /// <summary>True when the store was away the last time, which was said.</summary>
        public bool IsAgain { get; init; }
    }

    /// <summary>Publishes what a transfer brought, once it is in the journal.</summary>
    public sealed record TakeTransfer(IncomingTransfer Transfer) : ZoneCommand;

    /// <summary>Serves a version no more: it has expired. Nothing happens when another one is served by then.</summary>
    public sealed record Expire(Serial Serial) : ZoneCommand;

    /// <summary>Asks how the zone is.</summary>
    public sealed record Report(ReplyTo<ZoneReport> Done) : ZoneCommand;

    /// <summary>
    /// Takes no updates until <see cref="Thaw"/>; the reply is false when it was frozen already, and null when the other nodes cannot be
    /// kept from them. <see cref="Sync"/> then writes the file.
    /// </summary>
    public sealed record Freeze(ReplyTo<bool?> Done) : ZoneCommand;

    /// <summary>Reads the file, journals what differs, and takes updates again; a file that is refused leaves the zone frozen.</summary>
    public sealed record Thaw(ReplyTo<ZoneLoadOutcome> Done) : ZoneCommand;

    /// <summary>Writes the file now; the reply says why not, or null.</summary>
    public sealed record Sync(ReplyTo<string?> Done) : ZoneCommand;

    /// <summary>Goes back to the content of an earlier serial, under a new one.</summary>
    public sealed record Rollback(RollbackRequest Request) : ZoneCommand;

    /// <summary>Gives the zone a later serial, with the content as it is.</summary>
    /// <param name="Serial">The serial.</param>
    /// <param name="KeyName">Key that signed the operator's command, for the journal.</param>
    /// <param name="Peer">Where the command came from, for the journal.</param>
    /// <param name="Done">Gets null when it was done, else why not.</param>
    public sealed record SetSerial(Serial Serial, string? KeyName, string? Peer, ReplyTo<string?> Done) : ZoneCommand;

    /// <summary>Serves what other nodes have written.</summary>
    /// <param name="Version">The version that is wanted.</param>
    /// <param name="Done">
    /// Gets the version that is served then, less than what is wanted when the store could not be read; the largest number when the zone
    /// has left, or its place in the store is disputed.
    /// </param>
    public sealed record CatchUp(long Version, ReplyTo<long> Done) : ZoneCommand;

    /// <summary>Compares what is served with the store, which was away.</summary>
    public sealed record LookAtStore : ZoneCommand
    {
        /// <summary>The one instance.</summary>
        public static readonly LookAtStore Instance = new();
    }

    /// <summary>Tells the secondaries of the serial that is served, though it is no new one.</summary>
    public sealed record TellSecondaries : ZoneCommand
    {
        /// <summary>The one instance.</summary>
        public static readonly TellSecondaries Instance = new();
    }

    /// <summary>Decides what counts when the store has lost changes.</summary>
    public sealed record Recover(RecoverRequest Request) : ZoneCommand;

    /// <summary>The zone was frozen or thawed in the store, by any node.</summary>
    internal sealed record SetFrozen(bool IsFrozen) : ZoneCommand;

    /// <summary>Takes the zone out of service; the reply comes when nobody reads it any more and the actor stops.</summary>
    public sealed record Withdraw(ReplyTo<bool> Done) : ZoneCommand;

    /// <summary>There are updates in the zone's <see cref="UpdateInbox"/>.</summary>
    internal sealed record UpdatesWait : ZoneCommand
    {
        internal static readonly UpdatesWait Instance = new();
    }

    /// <summary>The journal has decided about what was proposed.</summary>
    internal sealed record Journaled(AppendAnswer Answer) : ZoneCommand;

    /// <summary>A load that the store was away for is tried again.</summary>
    internal sealed record LoadAgain(LoadWork Work) : ZoneCommand;

    /// <summary>The file was written, or not.</summary>
    internal sealed record FileWritten(string File, Serial Serial, ImportedFile? Import, string? Reason) : ZoneCommand
    {
        /// <summary>True when the file was left as it is.</summary>
        public bool IsUnchanged { get; init; }

        /// <summary>The version in the store that was to be written; 0 for none.</summary>
        public long Version { get; init; }
    }

    /// <summary>A secondary may be served longer than its file's state says.</summary>
    internal sealed record ExpiryMoved : ZoneCommand
    {
        internal static readonly ExpiryMoved Instance = new();
    }

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
