using System.Globalization;
using System.Text;
using ActorDns.Configuration.Model;
using ActorDns.Host.Keys;
using ActorDns.Host.Wiring;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Pipeline;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Host.Control.Commands;

/// <summary>Commands that report: keys in use, statistics, the zones as files.</summary>
internal sealed class ReportCommands(ServerNode node)
{
    private const int RcodesShown = 24;
    private const int OpcodesShown = 16;
    private static readonly string[] DumpOptions = ["-all", "-cache", "-zones", "-adb", "-bad", "-expired", "-fail"];

    public IEnumerable<ControlCommand> All =>
    [
        new("tsig-list", "the TSIG keys in use", _ => Task.FromResult(ControlReply.Say(ListKeys()))),
        new("stats", "appends the counters to statistics-file", _ => Task.FromResult(WriteStatistics())),
        new("dumpdb", "[-all|-cache|-zones|…] [VIEW …]: writes the zones to dump-file", arguments => Task.FromResult(Dump(arguments))),
    ];

    private NamedConfiguration Configuration => node.Configuration!;

    private string ListKeys()
    {
        IEnumerable<string> lines =
            from view in Configuration.Views
            let own = Configuration.Keys.Concat(view.Keys).Select(key => key.Name)
            from entry in node.KeyRing.Entries
            let name = entry.Key.Name
            where entry.Registered is not null || name == node.SessionKeyName || own.Contains(name)
            orderby name.ToLogString(), entry.Registered?.Generation
            let type = entry.Registered is { } key ? $"registry-{KeyListText.Word(key.State)}" : "static"
            select $"view \"{view.Name}\"; type \"{type}\"; key \"{name.ToLogString()}\";";
        return string.Join('\n', lines);
    }

    private string PathOf(string file) => Path.GetFullPath(file, Configuration.Options.Directory.Value);

    private ControlReply WriteStatistics()
    {
        IReadOnlyList<RequestCounters> workers = node.Counters;
        long now = node.Now.ToUnixTimeSeconds();
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"+++ Statistics Dump +++ ({now})\n");
        text.Append("++ Incoming Requests ++\n");
        for (byte opcode = 0; opcode < OpcodesShown; opcode++)
            Count(text, workers.Sum(worker => worker.ByOpcode(opcode)), new Opcode(opcode).ToString());
        text.Append("++ Outgoing Rcodes ++\n");
        for (ushort rcode = 0; rcode < RcodesShown; rcode++)
            Count(text, workers.Sum(worker => worker.ByRcode(rcode)), new Rcode(rcode).ToString());
        text.Append("++ Name Server Statistics ++\n");
        Count(text, workers.Sum(worker => worker.Requests), "requests received");
        Count(text, workers.Sum(worker => worker.Responses), "responses sent");
        Count(text, workers.Sum(worker => worker.Truncated), "truncated responses sent");
        Count(text, workers.Sum(worker => worker.Dropped), "requests dropped");
        Count(text, workers.Sum(worker => worker.SignatureFailures), "requests with invalid signature");
        Count(text, workers.Sum(worker => worker.RateDropped), "responses dropped for rate limits");
        Count(text, workers.Sum(worker => worker.RateSlipped), "responses truncated for rate limits");
        Count(text, node.UpdatesOverQuota, "updates dropped due to update-quota");
        text.Append(CultureInfo.InvariantCulture, $"--- Statistics Dump --- ({now})\n");
        File.AppendAllText(PathOf(Configuration.Options.StatisticsFile.Value), text.ToString());
        return ControlReply.Done;
    }

    /// <summary>Writes beside the file and moves it into place, so that who reads it never sees half.</summary>
    private ControlReply Dump(ControlArguments arguments)
    {
        string[] options = [.. arguments.Words.TakeWhile(DumpOptions.Contains)];
        string[] views = [.. arguments.Words.Skip(options.Length)];
        if (views.FirstOrDefault(name => Configuration.Views.All(view => view.Name != name)) is { } unknown)
            return ControlReply.Say($"view '{unknown}' not found");
        bool hasZones = options.Contains("-zones") || options.Contains("-all");
        string path = PathOf(Configuration.Options.DumpFile.Value);
        using (StreamWriter file = new(path + ".new"))
        {
            foreach (ViewConfiguration view in Configuration.Views.Where(view => views.Length == 0 || views.Contains(view.Name)))
            {
                file.Write($";\n; Start view {view.Name}\n;\n");
                foreach (ZoneConfiguration zone in hasZones ? view.Zones : [])
                    Dump(file, view, zone);
            }

            file.Write("; Dump complete\n");
        }

        File.Move(path + ".new", path, overwrite: true);
        return ControlReply.Done;
    }

    private void Dump(StreamWriter file, ViewConfiguration view, ZoneConfiguration zone)
    {
        if (node.FindRuntime(view.Name, zone.Name) is not { } runtime)
            return;
        string suffix = Configuration.HasExplicitViews ? $"/{view.Name}" : "";
        file.Write($";\n; Zone dump of '{zone.Name.ToLogString()}/IN{suffix}'\n;\n");
        using SnapshotLease? lease = node.Hold(runtime, "dumpdb");
        if (lease?.Snapshot is { } snapshot)
            ZoneFileWriter.Write(snapshot, file, ZoneFileStyle.Full);
        else
            file.Write("; zone not loaded\n");
    }

    private static void Count(StringBuilder text, long count, string what)
    {
        if (count > 0)
            text.Append(CultureInfo.InvariantCulture, $"{count,20} {what}\n");
    }
}
