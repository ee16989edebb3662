using System.Globalization;
using System.Text;
using ActorDns.Actors.Maintenance;
using ActorDns.Configuration.Syntax;
using ActorDns.Host.Wiring;
using ActorDns.Kernel;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Host.Control.Commands;

/// <summary>Commands about one zone's data.</summary>
internal sealed class ZoneCommands(ServerNode node)
{
    private const string NoPolicy = "Zone does not have dnssec-policy";
    private static readonly TimeSpan AskDeadline = TimeSpan.FromSeconds(10);
    private static readonly ControlReply NotImplemented = new(ControlResult.NotImplemented);

    public IEnumerable<ControlCommand> All =>
    [
        new("zonestatus", "ZONE [CLASS [VIEW]]: serial, size, files and times of a zone", OnAsync(StatusAsync)) { IsHarmless = _ => true },
        new("notify", "ZONE [CLASS [VIEW]]: tells the secondaries", On(_ => NotImplemented)),
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
        new("sync", "[-clean] [ZONE [CLASS [VIEW]]]: writes the zone's file", OnOneOrAll(Sync)),
        new("signing", "-list|-serial N|-clear …|-nsec3param … ZONE [CLASS [VIEW]]: records of signing, serial", Signing),
        new("sign", "ZONE [CLASS [VIEW]]: signs with the keys of now", On(Unsigned)),
        new("loadkeys", "ZONE [CLASS [VIEW]]: reads the signing keys again", On(Unsigned)),
        new("dnssec", "-status|-rollover …|-checkds … ZONE [CLASS [VIEW]]: state of signing", Dnssec),
    ];

    private static string TypeOf(ZoneArgument found) => found.Zone.Kind.ToString().ToLowerInvariant();

    private static bool IsCopied(ZoneArgument found) => found.Zone.Kind is ZoneKind.Secondary or ZoneKind.Mirror or ZoneKind.Stub;

    private Func<ControlArguments, Task<ControlReply>> On(Func<ZoneArgument, ControlReply> run) =>
        OnAsync(found => Task.FromResult(run(found)));

    private Func<ControlArguments, Task<ControlReply>> OnAsync(Func<ZoneArgument, Task<ControlReply>> run) => arguments =>
        ZoneArgument.Find(node, arguments.Plain, out ControlReply error) is { } found ? run(found) : Task.FromResult(error);

    /// <summary>Without a zone, all dynamic zones are meant, and the first failure is the reply.</summary>
    private Func<ControlArguments, Task<ControlReply>> OnOneOrAll(Func<ZoneArgument, ControlReply> run) => arguments =>
    {
        if (arguments.Plain.Count > 0)
            return On(run)(arguments);
        IEnumerable<ControlReply> replies =
            from view in node.Configuration?.Views ?? []
            from zone in view.Zones
            let found = ZoneArgument.Of(node, view, zone, zone.Name.ToLogString())
            where zone.Kind == ZoneKind.Primary && found.IsDynamic
            select run(found);
        return Task.FromResult(replies.FirstOrDefault(reply => reply.Result != ControlResult.Success) ?? ControlReply.Done);
    };

    private async Task<ControlReply> StatusAsync(ZoneArgument found)
    {
        if (node.FindRuntime(found.View.Name, found.Zone.Name) is not { } runtime)
            return new ControlReply(ControlResult.NotLoaded);
        RefreshStatus? times = await RefreshOfAsync(runtime);
        using SnapshotLease? lease = node.Hold(runtime, "zonestatus");
        if (lease?.Snapshot is not { } zone)
            return new ControlReply(ControlResult.NotLoaded);
        StringBuilder text = new();
        Line(text, $"name: {found.Text}");
        Line(text, $"type: {TypeOf(found)}");
        IEnumerable<string> files = runtime.Files.Paths.Select(path => path == found.Zone.FilePath ? found.Zone.File! : path);
        Line(text, $"files: {string.Join(", ", files.Distinct())}");
        Line(text, $"serial: {zone.Serial.Value}");
        Line(text, $"nodes: {zone.NameCount}");
        if (runtime.Files.Modified is { } modified)
            Line(text, $"last loaded: {StatusText.Date(modified)}");
        if (times?.NextRefresh is { } next)
            Line(text, $"next refresh: {StatusText.Date(next)}");
        if (times?.ExpiresAt is { } expires)
            Line(text, $"expires: {StatusText.Date(expires)}");
        Line(text, $"secure: {(zone.IsSigned ? "yes" : "no")}");
        Line(text, $"dynamic: {(found.IsDynamic ? "yes" : "no")}");
        if (found.IsDynamic)
            Line(text, $"frozen: no");
        text.Append("reconfigurable via modzone: ").Append(node.IsAdded(found.View.Name, found.Zone.Name) ? "yes" : "no");
        return ControlReply.Say(text.ToString());
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

    private static ControlReply Freeze(ZoneArgument found) =>
        found.Zone.Kind != ZoneKind.Primary ? new ControlReply(ControlResult.NotPrimary)
        : found.IsDynamic ? NotImplemented
        : new ControlReply(ControlResult.NotDynamic);

    private static ControlReply Thaw(ZoneArgument found) =>
        found.Zone.Kind != ZoneKind.Primary ? new ControlReply(ControlResult.NotPrimary)
        : found.IsDynamic ? NotImplemented
        : ControlReply.Done;

    /// <summary>The file of a static zone is never behind it.</summary>
    private static ControlReply Sync(ZoneArgument found) =>
        found.IsDynamic || IsCopied(found) ? NotImplemented : ControlReply.Done;

    private static ControlReply Unsigned(ZoneArgument found) => found.Zone.Kind != ZoneKind.Primary
        ? new ControlReply(ControlResult.NotPrimary)
        : new ControlReply(ControlResult.NoPermission);

    private Task<ControlReply> Signing(ControlArguments arguments)
    {
        if (arguments.Words.Count == 0)
            return Task.FromResult(new ControlReply(ControlResult.UnexpectedEnd));
        int operands = arguments.Words[0].ToLowerInvariant() switch
        {
            "-list" => 0,
            "-serial" or "-clear" => 1,
            "-nsec3param" => arguments.Words is [_, "none", ..] ? 1 : 4,
            _ => -1,
        };
        if (operands < 0)
            return Task.FromResult(new ControlReply(ControlResult.Syntax));
        string option = arguments.Words[0].ToLowerInvariant();
        if (ZoneArgument.Find(node, [.. arguments.Words.Skip(1 + operands)], out ControlReply error) is not { } found)
            return Task.FromResult(error);
        if (option == "-list")
        {
            bool isLoaded = node.FindRuntime(found.View.Name, found.Zone.Name)?.Published.Current is not null;
            return Task.FromResult(isLoaded
                ? ControlReply.Say("No signing records found")
                : new ControlReply(ControlResult.NotLoaded));
        }

        if (option == "-serial" && !uint.TryParse(arguments.Words[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return Task.FromResult(new ControlReply(ControlResult.Syntax));
        return Task.FromResult(found.IsDynamic ? NotImplemented : new ControlReply(ControlResult.NotDynamic));
    }

    private Task<ControlReply> Dnssec(ControlArguments arguments)
    {
        if (arguments.Words.Count == 0)
            return Task.FromResult(new ControlReply(ControlResult.UnexpectedEnd));
        string option = arguments.Words[0].ToLowerInvariant();
        if (option is not ("-status" or "-rollover" or "-checkds"))
            return Task.FromResult(new ControlReply(ControlResult.Syntax));
        if (option != "-status")
            return Task.FromResult(NotImplemented);
        if (ZoneArgument.Find(node, [.. arguments.Words.Skip(1)], out ControlReply error) is not { } found)
            return Task.FromResult(error);
        return Task.FromResult(found.Zone.Settings.DnssecPolicy.Value is "" or "none" ? ControlReply.Say(NoPolicy) : NotImplemented);
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
