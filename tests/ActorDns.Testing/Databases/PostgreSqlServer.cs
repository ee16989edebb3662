using ActorDns.Testing.Processes;

namespace ActorDns.Testing.Databases;

/// <summary>
/// A PostgreSQL of the tests' own, from Debian's package: a cluster in a temporary folder, reached by a Unix socket in it and not by TCP.
/// PostgreSQL refuses to run as root, so that then it runs as the package's user <c>postgres</c>.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql";
    private const string User = "postgres";

    private readonly string _folder;
    private readonly string _binaries;
    private readonly string[] _settings;
    private ChildProcess? _server;
    private int _databases;

    private PostgreSqlServer(string folder, string binaries, string[] settings)
    {
        _folder = folder;
        _binaries = binaries;
        _settings = settings;
    }

    /// <summary>Folder of the socket; Npgsql and psql take it as a host.</summary>
    public string SocketFolder => _folder;

    /// <summary>Makes a cluster and starts it. Settings are <c>name=value</c> as on the server's command line.</summary>
    public static async Task<PostgreSqlServer> StartAsync(params string[] settings)
    {
        string binaries = Directory.Exists(Binaries)
            ? Directory.EnumerateDirectories(Binaries).Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
                .LastOrDefault(folder => File.Exists(Path.Combine(folder, "initdb"))) ?? throw Missing()
            : throw Missing();
        string folder = (await RunAsync("/usr/bin/mktemp", "-d", "/tmp/actordns-pg-XXXXXX")).Output.Trim();
        PostgreSqlServer server = new(folder, binaries, settings);
        await RunAsync(
            Path.Combine(binaries, "initdb"), "-A", "trust", "-U", User, "--no-sync", "-E", "UTF8", "--locale=C", "-D", server.DataFolder);
        await server.StartAgainAsync();
        return server;
    }

    private string DataFolder => Path.Combine(_folder, "data");

    /// <summary>Starts the server on the data that it has.</summary>
    public async Task StartAgainAsync()
    {
        string[] arguments =
        [
            "-D", DataFolder, "-k", _folder, "-c", "listen_addresses=", "-c", "max_connections=60",
            .. _settings.SelectMany(setting => new[] { "-c", setting }),
        ];
        string program = Path.Combine(_binaries, "postgres");
        if (_server is not null)
            await _server.DisposeAsync();
        _server = Environment.IsPrivilegedProcess
            ? ChildProcess.Start("setpriv", [$"--reuid={User}", $"--regid={User}", "--clear-groups", program, .. arguments])
            : ChildProcess.Start(program, arguments);
        await _server.WaitForLineAsync("database system is ready to accept connections");
    }

    /// <summary>Stops the server: <c>fast</c> ends its sessions, <c>immediate</c> is like a crash.</summary>
    public async Task StopAsync(string mode = "fast")
    {
        if (_server is null || _server.HasExited)
            return;
        await RunAsync(Path.Combine(_binaries, "pg_ctl"), "stop", "-m", mode, "-D", DataFolder, "-s", "-w");
        await _server.WaitForExitAsync();
    }

    /// <summary>Makes a database and gives its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = $"test{Interlocked.Increment(ref _databases)}";
        await QueryAsync("postgres", $"CREATE DATABASE {name}");
        return ConnectionString(_folder, name);
    }

    /// <summary>A connection string for a database of this server, through a socket in <paramref name="folder"/>.</summary>
    public static string ConnectionString(string folder, string database) => $"Host={folder};Username={User};Database={database}";

    /// <summary>What psql prints for a query: one line per row, columns parted by <c>|</c>.</summary>
    public async Task<string> QueryAsync(string database, string sql) => (await Tool.RunAsync(
        "psql", "-h", _folder, "-U", User, "-d", database, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql)).OrThrow().Output.Trim();

    public async ValueTask DisposeAsync()
    {
        await StopAsync("immediate");
        if (_server is not null)
            await _server.DisposeAsync();
        await RunAsync("/bin/rm", "-rf", _folder);
    }

    private static async Task<ToolResult> RunAsync(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? (await Tool.RunAsync("runuser", ["-u", User, "--", program, .. arguments])).OrThrow()
        : (await Tool.RunAsync(program, arguments)).OrThrow();

    private static InvalidOperationException Missing() =>
        new($"no PostgreSQL under {Binaries}: install the Debian package postgresql");
}
