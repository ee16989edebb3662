using ActorDns.Storage.Contracts;
using ActorDns.Storage.PostgreSql;
using Spectre.Console;

namespace ActorDns.Host.Cluster;

/// <summary>
/// One run of a whole cluster on this machine: a database when none is given, the nodes, a live table; and at the end everything that was
/// started is stopped, the nodes before the database.
/// </summary>
/// <param name="plan">The nodes.</param>
/// <param name="folder">Where nodes and database have their files.</param>
/// <param name="output">Where the run is told of.</param>
internal sealed class ClusterRun(ClusterFolder plan, string folder, TextWriter output) : IAsyncDisposable
{
    private static readonly TimeSpan NodeStartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan NodeStopDeadline = TimeSpan.FromSeconds(40);
    private const int LinesOfFailure = 10;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private readonly List<(string Name, NodeFiles Files, ChildProcess Process)> _nodes = [];
    private PrivateDatabase? _database;

    /// <summary>Starts database and nodes, and tells how to use them.</summary>
    /// <exception cref="ClusterException">Something did not start.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        if (!plan.HasDatabase)
        {
            output.WriteLine("starting a PostgreSQL of its own …");
            _database = await PrivateDatabase.StartAsync(Path.Combine(folder, "database"), ct);
        }

        List<Task> listening = [];
        foreach (string name in plan.Nodes)
        {
            NodeFiles files = plan.LayOut(name, folder, _database?.ConnectionString);
            TaskCompletionSource isListening = new(TaskCreationOptions.RunContinuationsAsynchronously);
            (string program, string[] arguments) = OwnProgram("serve", "-c", files.Configuration, "--settings", files.Settings);
            ChildProcess process = ChildProcess.Start(program, arguments, LogOf(files), line =>
            {
                if (line.StartsWith("listening on", StringComparison.Ordinal))
                    isListening.TrySetResult();
            });
            _nodes.Add((name, files, process));
            listening.Add(isListening.Task);
        }

        output.WriteLine($"starting {string.Join(", ", _nodes.Select(node => node.Name))} …");
        for (int i = 0; i < _nodes.Count; i++)
        {
            Task first = await Task.WhenAny(listening[i], _nodes[i].Process.Ended, Task.Delay(NodeStartDeadline, ct));
            ct.ThrowIfCancellationRequested();
            if (first != listening[i])
            {
                throw new ClusterException(
                    $"node {_nodes[i].Name} did not start; its log ends with\n{_nodes[i].Process.LastLines(LinesOfFailure)}");
            }
        }

        output.WriteLine($"files of the nodes, their logs among them: {folder}");
        output.WriteLine($"status:  actordns cluster status -c {_nodes[0].Files.Configuration}");
        output.Flush();
    }

    /// <summary>Shows the nodes until cancelled, or until one of them or the database ends by itself.</summary>
    public async Task WatchAsync(bool isTerminal, CancellationToken ct)
    {
        await using IJournalStore store = new PostgreSqlStore(new PostgreSqlStoreOptions(ConnectionString()));
        if (isTerminal)
        {
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
            await console.Live(MemberTable.Of([])).StartAsync(async live => await LookAsync(
                store,
                rows =>
                {
                    live.UpdateTarget(MemberTable.Of(rows));
                    live.Refresh();
                },
                ct));
            return;
        }

        Dictionary<string, string> said = [];
        await LookAsync(store, Tell, ct);

        void Tell(IReadOnlyList<MemberRow> rows)
        {
            foreach (MemberRow row in rows)
            {
                string state = row.IsLagging ? $"{row.State}, lagging" : row.State;
                if (said.GetValueOrDefault(row.Node) == state)
                    continue;
                said[row.Node] = state;
                output.WriteLine($"node {row.Node} at {string.Join(' ', row.Addresses)}: {state}");
            }

            output.Flush();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(node => node.Process.StopAsync("TERM", NodeStopDeadline)));
        if (_database is not null)
            await _database.DisposeAsync();
    }

    private async Task LookAsync(IJournalStore store, Action<IReadOnlyList<MemberRow>> show, CancellationToken ct)
    {
        ClusterView? before = null;
        HashSet<string> ended = [];
        using PeriodicTimer timer = new(LookInterval);
        while (!ct.IsCancellationRequested)
        {
            StoreResult<ClusterView> seen = await store.Cluster!.Members.ReadAsync(ct);
            if (seen.IsDone)
            {
                show(MemberRow.Of(seen.Value, before));
                before = seen.Value;
            }

            foreach ((string name, NodeFiles files, ChildProcess process) in _nodes)
            {
                if (process.Ended.IsCompleted && ended.Add(name))
                    output.WriteLine($"node {name} has ended with {process.ExitCode}: {process.LastLine()} (its log: {LogOf(files)})");
            }

            if (_database is { Ended.IsCompleted: true })
                throw new ClusterException("the database has ended");
            if (ended.Count == _nodes.Count)
                throw new ClusterException("all nodes have ended");
            try
            {
                await timer.WaitForNextTickAsync(ct);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private string ConnectionString() => _database?.ConnectionString
        ?? Wiring.NodeSettings.Read(_nodes[0].Files.Settings).PostgreSqlConnectionString!;

    private static string LogOf(NodeFiles files) => Path.Combine(files.Folder, "node.log");

    /// <summary>This program again: as an executable of its own, or by <c>dotnet</c> when that runs it.</summary>
    private static (string Program, string[] Arguments) OwnProgram(params string[] arguments)
    {
        string host = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(host) == "dotnet"
            ? (host, [Path.Combine(AppContext.BaseDirectory, $"{typeof(ClusterRun).Assembly.GetName().Name}.dll"), .. arguments])
            : (host, arguments);
    }
}
