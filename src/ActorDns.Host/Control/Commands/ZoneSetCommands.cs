using ActorDns.Actors.Zones;
using ActorDns.Configuration.Model;
using ActorDns.Host.Wiring;
using ActorDns.Protocol.Names;

namespace ActorDns.Host.Control.Commands;

/// <summary>Commands that add, change, remove and show zones.</summary>
internal sealed class ZoneSetCommands(ServerNode node)
{
    public IEnumerable<ControlCommand> All =>
    [
        new("addzone", "ZONE [CLASS [VIEW]] '{ … };': serves a new zone, over restarts too; needs allow-new-zones",
            arguments => SetAsync(arguments, replaces: false)),
        new("modzone", "ZONE [CLASS [VIEW]] '{ … };': changes a zone's configuration", arguments => SetAsync(arguments, replaces: true)),
        new("delzone", "[-clean] ZONE [CLASS [VIEW]]: serves a zone no longer; -clean deletes file and content if it was added",
            DeleteAsync),
        new("showzone", "ZONE [CLASS [VIEW]]: prints a zone's configuration", arguments => Task.FromResult(Show(arguments)))
        {
            IsHarmless = _ => true,
        },
    ];

    private async Task<ControlReply> SetAsync(ControlArguments arguments, bool replaces)
    {
        int brace = arguments.Rest.IndexOf('{', StringComparison.Ordinal);
        string[] head = brace < 0 ? [] : arguments.Rest[..brace].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (head.Length is 0 or > 3)
            return new ControlReply(ControlResult.UnexpectedToken);
        string zoneText = head[0].Trim('"');
        if (!ZoneArgument.TryReadName(zoneText, out DomainName name, out ControlReply bad))
            return bad;
        if (head.Length > 1 && !ZoneArgument.IsClass(head[1]))
            return new ControlReply(ControlResult.Unknown);
        string viewName = head.Length > 2 ? head[2].Trim('"') : ViewConfiguration.DefaultName;
        if (node.Configuration?.Views.FirstOrDefault(known => known.Name == viewName) is not { } view)
            return new ControlReply(ControlResult.NotFound, $"no matching view found for '{viewName}'");
        if (!view.Settings.AllowNewZones.Value)
            return new ControlReply(ControlResult.NoPermission, $"Not allowing new zones in view '{viewName}'");
        string statement = $"zone \"{name.ToLogString().Replace("\"", "\\\"", StringComparison.Ordinal)}\" {arguments.Rest[brace..]}";
        bool wasAdded = node.IsAdded(viewName, name);
        ZoneEdit change = await node.SetZoneAsync(viewName, name, statement, replaces);
        return change.Outcome switch
        {
            ZoneEditOutcome.Done when !replaces => ControlReply.Done,
            ZoneEditOutcome.Done when wasAdded => ControlReply.Say($"zone '{zoneText}' reconfigured."),
            ZoneEditOutcome.Done => ControlReply.Say(
                $"zone '{zoneText}' must also be reconfigured in\nnamed.conf to make changes permanent."),
            ZoneEditOutcome.Exists => new ControlReply(ControlResult.Exists),
            ZoneEditOutcome.NotFound => new ControlReply(ControlResult.NotFound),
            ZoneEditOutcome.BadStatement => new ControlReply(ControlResult.Failure),
            ZoneEditOutcome.BadZone => new ControlReply(ControlResult.Failure, "configure_zone failed: failure"),
            ZoneEditOutcome.FileNotFound => new ControlReply(
                ControlResult.FileNotFound, "dns_zone_loadnew failed: file not found"),
            ZoneEditOutcome.NotLoaded => new ControlReply(ControlResult.Failure, "dns_zone_loadnew failed: failure"),
            _ => new ControlReply(ControlResult.Failure, change.Reason ?? ""),
        };
    }

    private async Task<ControlReply> DeleteAsync(ControlArguments arguments)
    {
        if (ZoneArgument.Find(node, arguments.Plain, out ControlReply error) is not { } found)
            return error;
        string text = found.Text;
        bool wasAdded = node.IsAdded(found.View.Name, found.Zone.Name);
        ZoneJournal? journal = node.FindRuntime(found.View.Name, found.Zone.Name)?.Journal;
        ZoneEdit change = await node.RemoveZoneAsync(found.View.Name, found.Zone.Name);
        if (change.Outcome != ZoneEditOutcome.Done)
        {
            return new ControlReply(
                change.Outcome == ZoneEditOutcome.NotFound ? ControlResult.NotFound : ControlResult.Failure, change.Reason ?? "");
        }

        if (!wasAdded)
        {
            return ControlReply.Say(
                $"zone '{text}' is no longer active and will be deleted.\n"
                + "To keep it from returning when the server is restarted, it\nmust also be removed from named.conf.");
        }

        if (!arguments.HasOption("-clean"))
            return ControlReply.Done;
        if (journal is not null)
            await journal.ForgetAsync(CancellationToken.None);
        if (found.Zone.FilePath is { } file)
        {
            File.Delete(file);
            File.Delete(LocalCheckpoint.PathOf(file));
        }

        return ControlReply.Say($"zone '{text}' and associated files will be deleted.");
    }

    private ControlReply Show(ControlArguments arguments) =>
        ZoneArgument.Find(node, arguments.Plain, out ControlReply error) is { } found
            ? ControlReply.Say(found.Written.Statement.PrintOneLine())
            : error;
}
