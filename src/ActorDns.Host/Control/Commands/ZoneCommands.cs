using System.Globalization;
using System.Text;
using ActorDns.Actors.Maintenance;
using ActorDns.Actors.Zones;
using ActorDns.Configuration.Syntax;
using ActorDns.Host.Wiring;
using ActorDns.Kernel;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Host.Control.Commands;

/// <summary>Commands about one zone's data.</summary>
internal sealed class ZoneCommands(ServerNode node)
{
    private static readonly TimeSpan AskDeadline = TimeSpan.FromSeconds(10);
    private const string Thawed = "The zone reload and thaw was successful.";
    private const string ThawGoesOn = "A zone reload and thaw was started.\nCheck the logs to see the result.";
    private const string FrozenAlready =
        "WARNING: The zone was already frozen.\nSomeone else may be editing it or it may still be re-loading.";
    private static readonly TimeSpan WriterDeadline = TimeSpan.FromSeconds(30);
    private static readonly ControlReply NotImplemented = new(ControlResult.NotImplemented);

    public IEnumerable<ControlCommand> All =>
    [
        new("zonestatus", "ZONE [CLASS [VIEW]]: serial, size, files and times of a zone", OnAsync(StatusAsync)) { IsHarmless = _ => true },
        new("notify", "ZONE [CLASS [VIEW]]: tells the secondaries", OnAsync(NotifyAsync)),
        new("refresh", "ZONE [CLASS [VIEW]]: asks the primary now", On(found => ToRefresher(
            found,
            new RefreshCommand.Refresh(),
            ControlReply.Say("zone refresh queued"),
            new ControlReply(ControlResult.Failure, "not a secondary, mirror, or stub zone")))),
        new("retransfer", "ZONE [CLASS [VIEW]]: transfers the zone whatever its serial", On(found => ToRefresher(
            found,
            new RefreshCommand.Retransfer(),
            ControlReply.Done,
            new ControlReply(ControlResult.Failure, $"retransfer: inappropriate zone type: {TypeOf(found)}")))),
        new("freeze", "[ZONE [CLASS [VIEW]]]: refuses updates, so that the file can be edited", OnOneOrAll(Freeze)),
        new("thaw", "[ZONE [CLASS [VIEW]]]: reads the file and takes updates again", OnOneOrAll(Thaw)),
        new("unfreeze", "the same as thaw", OnOneOrAll(Thaw)),
        new("sync", "[-clean] [ZONE [CLASS [VIEW]]]: writes the zone's file; -clean: and removes what says of which version it is",
            arguments => OnOneOrAll(found => SyncAsync(found, arguments.HasOption("-clean")))(arguments)),
    ];

    private static string TypeOf(ZoneArgument found) => found.Zone.Kind.ToString().ToLowerInvariant();

    private static bool IsCopied(ZoneArgument found) => found.Zone.Kind is ZoneKind.Secondary or ZoneKind.Mirror or ZoneKind.Stub;

    private Func<ControlArguments, Task<ControlReply>> On(Func<ZoneArgument, ControlReply> run) =>
        OnAsync(found => Task.FromResult(run(found)));

    private Func<ControlArguments, Task<ControlReply>> OnAsync(Func<ZoneArgument, Task<ControlReply>> run) => arguments =>
        ZoneArgument.Find(node, arguments.Plain, out ControlReply error) is { } found ? run(found) : Task.FromResult(error);

    /// <summary>Without a zone, all dynamic zones are meant, and the first failure is the reply.</summary>
    private Func<ControlArguments, Task<ControlReply>> OnOneOrAll(Func<ZoneArgument, Task<ControlReply>> run) => async arguments =>
    {
        if (arguments.Plain.Count > 0)
            return await OnAsync(run)(arguments);
        IEnumerable<ZoneArgument> all =
            from view in node.Configuration?.Views ?? []
            from zone in view.Zones
            let found = ZoneArgument.Of(node, view, zone, zone.Name.ToLogString())
            where zone.Kind == ZoneKind.Primary && found.IsDynamic
            select found;
        ControlReply first = ControlReply.Done;
        foreach (ZoneArgument found in all)
        {
            ControlReply reply = await run(found);
            first = first.Result == ControlResult.Success ? reply with { Text = "" } : first;
        }

        return first;
    };

    private async Task<ControlReply> NotifyAsync(ZoneArgument found) =>
        node.FindRuntime(found.View.Name, found.Zone.Name) is { } runtime && await node.NotifyAsync(runtime)
            ? ControlReply.Say("zone notify queued")
            : new ControlReply(ControlResult.NotLoaded);

    private async Task<ControlReply> StatusAsync(ZoneArgument found)
    {
        if (node.FindRuntime(found.View.Name, found.Zone.Name) is not { } runtime)
            return new ControlReply(ControlResult.NotLoaded);
        using SnapshotLease? lease = node.Hold(runtime, "zonestatus");
        if (lease?.Snapshot is not { } zone)
            return new ControlReply(ControlResult.NotLoaded);
        RefreshStatus? times = await RefreshOfAsync(runtime);
        ZoneReport? report = await ReportOfAsync(found);
        JournalExtent? journal = await ExtentOfAsync(runtime);
        StringBuilder text = new();
        Line(text, $"name: {found.Text}");
        Line(text, $"type: {TypeOf(found)}");
        if (FilesOf(found, runtime) is { Length: > 0 } files)
            Line(text, $"files: {string.Join(", ", files)}");
        Line(text, $"serial: {zone.Serial.Value}");
        Line(text, $"nodes: {zone.NameCount}");
        if ((report?.LoadedAt ?? runtime.Files.Modified) is { } loaded)
            Line(text, $"last loaded: {StatusText.Date(loaded)}");
        if (times?.NextRefresh is { } next)
            Line(text, $"next refresh: {StatusText.Date(next)}");
        if (times?.ExpiresAt is { } expires)
            Line(text, $"expires: {StatusText.Date(expires)}");
        Line(text, $"secure: {(zone.IsSigned ? "yes" : "no")}");
        Line(text, $"dynamic: {(found.IsDynamic ? "yes" : "no")}");
        if (found.IsDynamic)
            Line(text, $"frozen: {(report is { IsFrozen: true } ? "yes" : "no")}");
        Line(text, $"reconfigurable via modzone: {(node.IsAdded(found.View.Name, found.Zone.Name) ? "yes" : "no")}");
        if (journal is not null)
            Line(text, $"journal: {journal.Entries} entries, serials {journal.OldestSerial} to {journal.NewestSerial}");
        if (report?.Blocked is { } blocked)
            Line(text, $"takes no changes: {blocked}");
        return ControlReply.Say(text.ToString().TrimEnd());
    }

    /// <summary>The files of the last load; the configured one when the content came from the store or by transfer.</summary>
    private static string[] FilesOf(ZoneArgument found, ZoneRuntime runtime)
    {
        IEnumerable<string> read = runtime.Files.Paths.Select(path => path == found.Zone.FilePath ? found.Zone.File! : path);
        string[] files = [.. read.Distinct()];
        return files.Length == 0 && found.Zone.File is { } configured ? [configured] : files;
    }

    private static async Task<JournalExtent?> ExtentOfAsync(ZoneRuntime runtime)
    {
        if (runtime.Journal is not { IsOpen: true } journal)
            return null;
        StoreResult<JournalExtent> extent = await journal.MeasureAsync(CancellationToken.None);
        return extent.IsDone ? extent.Value : null;
    }

    private static async Task<RefreshStatus?> RefreshOfAsync(ZoneRuntime runtime)
    {
        if (runtime.Refresher is not { } refresher)
            return null;
        AskResult<RefreshStatus> asked =
            await refresher.TryAskAsync<RefreshStatus>(answer => new RefreshCommand.Status(answer), AskDeadline);
        return asked.TryGetReply(out RefreshStatus? status) ? status : null;
    }

    private ControlReply ToRefresher(ZoneArgument found, RefreshCommand command, ControlReply done, ControlReply otherwise)
    {
        if (node.FindRuntime(found.View.Name, found.Zone.Name)?.Refresher is { } refresher)
            return refresher.Tell(command) ? done : new ControlReply(ControlResult.Failure);
        return IsCopied(found) ? NotImplemented : otherwise;
    }

    private async Task<ControlReply> Freeze(ZoneArgument found)
    {
        if (found.Zone.Kind != ZoneKind.Primary)
            return new ControlReply(ControlResult.NotPrimary);
        if (!found.IsDynamic)
            return new ControlReply(ControlResult.NotDynamic);
        AskResult<bool?> frozen = await Ask<bool?>(found, done => new ZoneCommand.Freeze(done));
        if (!frozen.TryGetReply(out bool? done))
            return new ControlReply(ControlResult.NotLoaded);
        if (done is not { } isNew)
            return new ControlReply(ControlResult.Failure, "the other nodes cannot be kept from updates: the store is away");
        return isNew ? await Write(found) : new ControlReply(ControlResult.AlreadyFrozen, FrozenAlready);
    }

    private async Task<ZoneReport?> ReportOfAsync(ZoneArgument found)
    {
        AskResult<ZoneReport> asked = await Ask<ZoneReport>(found, done => new ZoneCommand.Report(done));
        return asked.TryGetReply(out ZoneReport? report) ? report : null;
    }

    private async Task<ControlReply> Thaw(ZoneArgument found)
    {
        if (found.Zone.Kind != ZoneKind.Primary)
            return new ControlReply(ControlResult.NotPrimary);
        if (!found.IsDynamic)
            return ControlReply.Done;
        if (await ReportOfAsync(found) is not { IsFrozen: true })
            return ControlReply.Done;
        AskResult<ZoneLoadOutcome> thawed = await Ask<ZoneLoadOutcome>(found, done => new ZoneCommand.Thaw(done));
        if (!thawed.TryGetReply(out ZoneLoadOutcome? outcome))
            return ControlReply.Say(ThawGoesOn);
        return outcome.IsLoaded
            ? ControlReply.Say(Thawed)
            : new ControlReply(ControlResult.Failure, string.Join('\n', outcome.Problems.Where(static problem => problem.IsError)));
    }

    /// <summary>The file of a static zone is never behind it.</summary>
    private async Task<ControlReply> SyncAsync(ZoneArgument found, bool isClean)
    {
        if (found.Zone.FilePath is not { } file || !found.IsDynamic && !IsCopied(found))
            return ControlReply.Done;
        ControlReply written = await Write(found);
        if (isClean && written.Result == ControlResult.Success)
            File.Delete(LocalCheckpoint.PathOf(file));
        return written;
    }

    private async Task<ControlReply> Write(ZoneArgument found)
    {
        AskResult<string?> written = await Ask<string?>(found, done => new ZoneCommand.Sync(done));
        if (!written.TryGetReply(out string? reason))
            return new ControlReply(ControlResult.Failure, "the file is still being written");
        return reason is null ? ControlReply.Done : new ControlReply(ControlResult.Failure, reason);
    }

    private Task<AskResult<T>> Ask<T>(ZoneArgument found, Func<ReplyTo<T>, ZoneCommand> question) =>
        node.FindRuntime(found.View.Name, found.Zone.Name) is { } runtime
            ? runtime.Actor.TryAskAsync(question, WriterDeadline, CancellationToken.None)
            : Task.FromResult(default(AskResult<T>));

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
