using System.Globalization;
using System.Net.Sockets;
using ActorDns.Flood.Load;
using ActorDns.Flood.Scenarios;
using ActorDns.Flood.Servers;

namespace ActorDns.Flood.Running;

/// <summary>
/// Runs scenarios one after the other, and in each all servers in turn, round by round, so that a machine that drifts meets all of them.
/// </summary>
internal sealed class RunCommand
{
    private const int FirstPort = 5_501;
    private const int SecondaryOffset = 60;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private readonly RunOptions _options;
    private readonly Scenario[] _scenarios;
    private readonly ServerKind[] _kinds;
    private readonly Scenes _scenes;
    private readonly RoundLength _length;
    private readonly RunResult _result;
    private readonly List<Server> _running = [];

    private RunCommand(RunOptions options, Scenario[] scenarios, ServerKind[] kinds)
    {
        _options = options;
        _scenarios = scenarios;
        _kinds = kinds;
        _scenes = new Scenes(options.Folder, options.Sizes);
        _length = new RoundLength(TimeSpan.FromSeconds(options.Seconds), TimeSpan.FromSeconds(options.WarmSeconds));
        _result = new RunResult(TimeProvider.System.GetUtcNow(), Machine.Here(), options);
    }

    /// <summary>Measures and writes the result; 0 when every server did its work in every scenario.</summary>
    public static int Run(RunOptions options)
    {
        Scenario[] scenarios = [.. ScenarioList.All(options.Sizes.Names).Where(scenario => IsWanted(options.Scenarios, scenario.Id))];
        ServerKind[] kinds =
        [
            .. ServerKind.All(options.Published).Where(kind => kind.Name == ServerKind.Ours
                || options.Servers.Length == 0 || options.Servers.Contains(kind.Name, StringComparer.OrdinalIgnoreCase)),
        ];
        if (scenarios.Length == 0)
            return Refuse($"no scenario is called {string.Join(" or ", options.Scenarios)}; --list shows them all");
        if (kinds.FirstOrDefault(static kind => !File.Exists(kind.Program)) is { } missing)
            return Refuse($"{missing.Program} is missing: {(missing.Package is { } package ? $"apt-get install {package}" : "publish it first")}");
        RunCommand run = new(options, scenarios, kinds);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => run.StopAll(); // A signal ends the servers too.
        try
        {
            Progress.Show(scenarios.Length * kinds.Length * (options.Rounds + 1), run.MeasureAll);
        }
        finally
        {
            run.StopAll();
        }

        ResultFiles.Write(run._result);
        return run._result.Scenarios.All(static scenario => scenario.Failures.Count == 0) ? 0 : 1;
    }

    private static bool IsWanted(string[] names, string id) =>
        names.Length == 0 || names.Any(name => id == name || (name.EndsWith('*') && id.StartsWith(name[..^1], StringComparison.Ordinal)));

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 2;
    }

    private void StopAll()
    {
        foreach (Server server in _running)
            server.Kill();
    }

    private void MeasureAll(Progress progress)
    {
        foreach (ServerKind kind in _kinds)
            _result.Versions[kind.Name] = kind.Version();
        foreach (var group in _scenarios.GroupBy(static scenario => (scenario.SceneId, scenario.StartsServers)))
        {
            progress.Begin($"{group.Key.SceneId}: zones and servers");
            string folder = Path.Combine(_options.Folder, group.Key.SceneId + (group.Key.StartsServers ? "-starts" : ""));
            Server[] servers = [.. _kinds.Select((kind, place) => Make(kind, place, _scenes.Make(group.Key.SceneId), folder))];
            using PrimaryOfCopies? primary = servers[0].Scene.PrimaryPort is null ? null : StartPrimary();
            Dictionary<string, string> silent = group.Key.StartsServers ? [] : StartAll(servers, [.. group]);
            foreach (Scenario scenario in group)
                Measure(scenario, servers, silent, progress);
            foreach (Server server in servers)
            {
                server.Kill();
                foreach (Server? written in (Server?[])[server, server.Secondary])
                {
                    if (written is not null && Directory.Exists(written.Folder))
                        Remember(written);
                }
            }
        }
    }

    private Server Make(ServerKind kind, int place, Scene scene, string folder)
    {
        int port = FirstPort + place;
        Server? secondary = null;
        if (scene.Secondary != SecondaryChoice.None)
        {
            ServerKind other = scene.Secondary == SecondaryChoice.Bind ? new BindKind() : kind;
            Scene copies = scene with { TakesUpdates = false, PrimaryPort = port };
            secondary = new Server(other, copies, Path.Combine(folder, kind.Name.ToLowerInvariant() + "-secondary"), port + SecondaryOffset, _options.Cores)
            {
                FirstCore = _options.IsUnpinned ? 0 : 1,
            };
            scene = scene with { SecondaryPort = port + SecondaryOffset };
        }

        Server server = new(kind, scene, Path.Combine(folder, kind.Name.ToLowerInvariant()), port, _options.Cores) { Secondary = secondary };
        _running.Add(server);
        return server;
    }

    private PrimaryOfCopies StartPrimary()
    {
        Scene scene = _scenes.Make(Scenes.Large) with { Id = "primary" };
        Server server = new(_kinds[0], scene, Path.Combine(_options.Folder, scene.Id), Scenes.PrimaryPort, _options.Cores)
        {
            FirstCore = _options.IsUnpinned ? 0 : 1,
        };
        _running.Add(server);
        server.Start();
        return FirstAnswer.Await(server.EndPoint, scene.Zones[0].Origin, 6, StartLimit, () => server.HasEnded)
            ? new PrimaryOfCopies(server)
            : throw new InvalidOperationException($"the primary does not answer; see {server.Folder}/output.log");
    }

    /// <summary>Starts those that take part in any of the scenarios; gives those that do not answer.</summary>
    private static Dictionary<string, string> StartAll(Server[] servers, Scenario[] scenarios)
    {
        Dictionary<string, string> silent = [];
        Server[] wanted = [.. servers.Where(server => scenarios.Any(scenario => scenario.TakesPart(server.Kind)))];
        foreach (Server server in wanted)
            server.Start();
        foreach (Server server in wanted)
        {
            if (server.Scene.Zones.Any(zone => !FirstAnswer.Await(server.EndPoint, zone.Origin, 6, StartLimit, () => server.HasEnded)))
                silent.Add(server.Kind.Name, $"it does not answer; the end of its log: {server.LastWords()}");
        }

        return silent;
    }

    private void Measure(Scenario scenario, Server[] servers, Dictionary<string, string> silent, Progress progress)
    {
        ScenarioResult result = new(scenario.Id, scenario.Title, scenario.Method, scenario.Metrics);
        _result.Scenarios.Add(result);
        List<Server> taking = [.. servers.Where(server => scenario.TakesPart(server.Kind))];
        foreach (Server server in taking.Where(server => silent.ContainsKey(server.Kind.Name)).ToArray())
        {
            result.Failures[server.Kind.Name] = silent[server.Kind.Name];
            taking.Remove(server);
        }

        foreach (Server server in taking.ToArray())
        {
            progress.Begin($"{scenario.Id}: {server.Kind.Name} warms up");
            Try(server, () => scenario.Prepare(server, _length));
        }

        for (int round = 1; round <= _options.Rounds; round++)
        {
            foreach (Server server in taking.ToArray())
            {
                progress.Begin($"{scenario.Id}: {server.Kind.Name}, round {round} of {_options.Rounds}");
                Try(server, () =>
                {
                    double[] values = scenario.Measure(server, _length);
                    result.Samples.Add(new RoundSample(server.Kind.Name, round, values));
                    if (!Console.IsOutputRedirected)
                        return;
                    Console.WriteLine("    " + string.Join(", ", scenario.Metrics.Zip(values, static (metric, value) =>
                        string.Create(CultureInfo.InvariantCulture, $"{metric.Name} {Math.Round(value, metric.Digits)} {metric.Unit}"))));
                });
            }
        }

        progress.Done((servers.Length - taking.Count) * (_options.Rounds + 1));

        void Try(Server server, Action work)
        {
            try
            {
                work();
            }
            catch (Exception failure) when (failure is InvalidOperationException or SocketException or IOException)
            {
                result.Failures[server.Kind.Name] = failure.Message;
                taking.Remove(server);
                progress.Begin($"{scenario.Id}: {server.Kind.Name} is left out: {failure.Message}");
            }
            finally
            {
                if (scenario.StartsServers)
                    server.Kill();
                progress.Done();
            }
        }
    }

    // Many small zones make long files: their heads are enough.
    private void Remember(Server server)
    {
        const int Most = 4_000;
        foreach ((string file, string text) in server.Configurations())
        {
            string key = $"{server.Scene.Id}/{Path.GetFileName(server.Folder)}/{file}";
            string head = text.Length <= Most ? text : text[..Most] + "\n...\n";
            _result.Configurations[key] = head.Replace(_options.Folder, "FOLDER", StringComparison.Ordinal);
        }
    }

    private sealed class PrimaryOfCopies(Server server) : IDisposable
    {
        public void Dispose() => server.Kill();
    }
}
