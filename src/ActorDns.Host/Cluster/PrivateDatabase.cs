using System.Diagnostics;

namespace ActorDns.Host.Cluster;

/// <summary>
/// A PostgreSQL for one run, from Debian's package: its data in a folder of its own, reached by a socket in that folder and not by TCP.
/// PostgreSQL refuses to run as root, so that then it runs as the package's user <c>postgres</c>.
/// </summary>
internal sealed class PrivateDatabase : IAsyncDisposable
{
    private const string Packages = "/usr/lib/postgresql";
    private const string User = "postgres";
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private readonly string _folder;
    private readonly ChildProcess _server;

    private PrivateDatabase(string folder, ChildProcess server)
    {
        _folder = folder;
        _server = server;
    }

    /// <summary>How the nodes reach it.</summary>
    public string ConnectionString => $"Host={_folder};Username={User};Database={User};Maximum Pool Size=20";

    /// <summary>Ends when the server does, whoever ended it.</summary>
    public Task Ended => _server.Ended;

    /// <summary>Makes the data folder unless it is there, and starts the server.</summary>
    /// <exception cref="ClusterException">It cannot be started.</exception>
    public static async Task<PrivateDatabase> StartAsync(string folder, CancellationToken ct)
    {
        string binaries = FindBinaries();
        string data = Path.Combine(folder, "data");
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows()) // Whoever reaches the socket is let in.
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", [User, folder], ct);
        if (!File.Exists(Path.Combine(data, "PG_VERSION")))
        {
            string[] options = ["-A", "trust", "-U", User, "-E", "UTF8", "--locale=C", "-D", data];
            await RunAsync(AsUser(Path.Combine(binaries, "initdb"), options, out string[] made), made, ct);
        }

        string program = AsUser(
            Path.Combine(binaries, "postgres"),
            ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "max_connections=100"],
            out string[] arguments);
        ChildProcess server = ChildProcess.Start(program, arguments, Path.Combine(folder, "postgresql.log"));
        PrivateDatabase database = new(folder, server);
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(StartDeadline);
        try
        {
            while (!await IsReadyAsync(binaries, folder, deadline.Token))
            {
                if (server.Ended.IsCompleted)
                    throw new ClusterException($"PostgreSQL did not start: {server.LastLine()}");
                await Task.Delay(PollInterval, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            await database.DisposeAsync();
            throw new ClusterException($"PostgreSQL was not ready after {StartDeadline.TotalSeconds:0} s: {server.LastLine()}");
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }

        return database;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _server.StopAsync("INT", StopDeadline); // INT: end the sessions, write everything, end.

    private static string FindBinaries()
    {
        string? found = Directory.Exists(Packages)
            ? Directory.EnumerateDirectories(Packages)
                .OrderByDescending(static version => int.TryParse(Path.GetFileName(version), out int number) ? number : 0)
                .Select(static version => Path.Combine(version, "bin"))
                .FirstOrDefault(static folder => File.Exists(Path.Combine(folder, "initdb")))
            : null;
        return found ?? throw new ClusterException($$"""
            no PostgreSQL under {{Packages}} for a database of the cluster's own.
            Install it:                apt-get install postgresql
            or use one that is there:  "Store": { "ConnectionString": "Host=…" } in each node's JSON file
            """);
    }

    private static async Task<bool> IsReadyAsync(string binaries, string folder, CancellationToken ct)
    {
        using Process asked = ChildProcess.Run(Path.Combine(binaries, "pg_isready"), ["-q", "-h", folder, "-U", User]);
        await asked.WaitForExitAsync(ct);
        return asked.ExitCode == 0;
    }

    private static string AsUser(string program, string[] arguments, out string[] all)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            all = arguments;
            return program;
        }

        all = [$"--reuid={User}", $"--regid={User}", "--clear-groups", program, .. arguments];
        return "setpriv";
    }

    private static async Task RunAsync(string program, string[] arguments, CancellationToken ct)
    {
        using Process process = ChildProcess.Run(program, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync(ct);
        await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0)
            throw new ClusterException($"{Path.GetFileName(program)} ended with {process.ExitCode}: {(await errors).Trim()}");
    }
}
