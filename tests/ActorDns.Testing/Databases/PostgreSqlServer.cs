using System.Globalization;
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

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly string _binaries;
    private readonly string[] _settings;
    private string[] _under = [];
    private ChildProcess? _server;
    private int _databases;
    private bool _isFrozen;
    private int _backups;

    private PostgreSqlServer(string folder, string binaries, string[] settings)
    {
        _folder = folder;
        _binaries = binaries;
        _settings = settings;
    }

    /// <summary>Folder of the socket; Npgsql and psql take it as a host.</summary>
    public string SocketFolder => _folder;

    /// <summary>Makes a cluster and starts it. Settings are <c>name=value</c> as on the server's command line.</summary>
    public static Task<PostgreSqlServer> StartAsync(params string[] settings) => StartUnderAsync([], [], settings);

    /// <summary>
    /// The same under another program, such as one that enters a network namespace; it takes connections by TCP from some networks, on all
    /// addresses of its namespace.
    /// </summary>
    public static async Task<PostgreSqlServer> StartUnderAsync(string[] under, string[] networks, params string[] settings)
    {
        string binaries = Directory.Exists(Binaries)
            ? Directory.EnumerateDirectories(Binaries).Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
                .LastOrDefault(folder => File.Exists(Path.Combine(folder, "initdb"))) ?? throw Missing()
            : throw Missing();
        string[] all = [.. settings, .. networks.Length > 0 ? (string[])["listen_addresses=*"] : []];
        PostgreSqlServer server = new(await MakeFolderAsync(), binaries, all) { _under = under };
        await RunAsync(
            server.Program("initdb"), "-A", "trust", "-U", User, "--no-sync", "-E", "UTF8", "--locale=C", "-D", server.DataFolder);
        await File.AppendAllLinesAsync(
            Path.Combine(server.DataFolder, "pg_hba.conf"), networks.Select(network => $"host all all {network} trust"));
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts a standby that follows this server, and returns when it does.</summary>
    /// <param name="name">What <c>synchronous_standby_names</c> knows it by: a word of lower-case letters and digits.</param>
    public async Task<PostgreSqlServer> StartStandbyAsync(string name)
    {
        PostgreSqlServer standby = new(await MakeFolderAsync(), _binaries, _settings) { _under = _under };
        await RunAsync(
            Program("pg_basebackup"), "-d", $"host={_folder} user={User} application_name={name}", "-D", standby.DataFolder,
            "-R", "-X", "stream", "-c", "fast", "--no-sync");
        await standby.StartAgainAsync();
        await UntilAsync("postgres", $"SELECT count(*) FROM pg_stat_replication WHERE application_name = '{name}' AND state = 'streaming'", "1");
        return standby;
    }

    /// <summary>Commits wait from now on until the standby of that name has them; an empty name ends that.</summary>
    public async Task WaitForStandbyAsync(string name)
    {
        await QueryAsync("postgres", $"ALTER SYSTEM SET synchronous_standby_names = '{name}'");
        await QueryAsync("postgres", "SELECT pg_reload_conf()");
        await UntilAsync("postgres", "SHOW synchronous_standby_names", name);
    }

    /// <summary>Makes a standby a server of its own.</summary>
    public async Task PromoteAsync()
    {
        await QueryAsync("postgres", "SELECT pg_promote()");
        await UntilAsync("postgres", "SELECT pg_is_in_recovery()", "f");
    }

    /// <summary>Copies the running server; gives what <see cref="RestoreAsync"/> takes.</summary>
    public async Task<string> BackUpAsync()
    {
        string folder = Path.Combine(_folder, $"backup{Interlocked.Increment(ref _backups)}");
        await RunAsync(
            Program("pg_basebackup"), "-h", _folder, "-U", User, "-D", folder, "-X", "stream", "-c", "fast", "--no-sync");
        return folder;
    }

    /// <summary>Stops the server, puts the copy in the place of its data, and starts it.</summary>
    public async Task RestoreAsync(string backup)
    {
        await StopAsync("immediate");
        await RunAsync("/bin/rm", "-rf", DataFolder);
        await RunAsync("/bin/cp", "-a", backup, DataFolder);
        await StartAgainAsync();
    }

    /// <summary>Where the server keeps everything.</summary>
    public string DataFolder => Path.Combine(_folder, "data");

    /// <summary>Starts the server on the data that it has.</summary>
    public async Task StartAgainAsync()
    {
        string[] arguments =
        [
            "-D", DataFolder, "-k", _folder, "-c", "listen_addresses=", "-c", "max_connections=60",
            .. _settings.SelectMany(setting => new[] { "-c", setting }),
        ];
        string program = Program("postgres");
        if (_server is not null)
            await _server.DisposeAsync();
        string[] command = Environment.IsPrivilegedProcess
            ? [.. _under, Tool.Find("setpriv"), $"--reuid={User}", $"--regid={User}", "--clear-groups", program, .. arguments]
            : [.. _under, program, .. arguments];
        _server = ChildProcess.Start(command[0], command[1..]);
        await _server.WaitForLineAsync("database system is ready to accept"); // "connections", or on a standby "read-only connections".
    }

    /// <summary>Stops the server: <c>fast</c> ends its sessions, <c>immediate</c> is like a crash.</summary>
    public async Task StopAsync(string mode = "fast")
    {
        if (_server is null || _server.HasExited)
            return;
        await RunAsync(Program("pg_ctl"), "stop", "-m", mode, "-D", DataFolder, "-s", "-w");
        await _server.WaitForExitAsync();
    }

    /// <summary>Stops it in the middle of whatever it does: its sessions are open and say nothing, until <see cref="Thaw"/>.</summary>
    public void Freeze() => SendToAll(UnixSignal.Stop);

    public void Thaw() => SendToAll(UnixSignal.Continue);

    /// <summary>Makes a database and gives its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = $"test{Interlocked.Increment(ref _databases)}";
        await QueryAsync("postgres", $"CREATE DATABASE {name}");
        return ConnectionString(_folder, name);
    }

    /// <summary>The database that a connection string names.</summary>
    public static string NameIn(string connectionString) => connectionString.Split("Database=")[1].Split(';')[0];

    /// <summary>A connection string for a database of this server, through a socket in <paramref name="folder"/>.</summary>
    public static string ConnectionString(string folder, string database) => $"Host={folder};Username={User};Database={database}";

    /// <summary>A connection string for a database that is on either of two servers, one of which is the primary.</summary>
    public static string ConnectionString(PostgreSqlServer one, PostgreSqlServer other, string database) =>
        ConnectionString($"{one._folder},{other._folder}", database) + ";Target Session Attributes=primary";

    /// <summary>What psql prints for a query: one line per row, columns parted by <c>|</c>.</summary>
    public async Task<string> QueryAsync(string database, string sql) => (await Tool.RunAsync(
        "psql", "-h", _folder, "-U", User, "-d", database, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql)).OrThrow().Output.Trim();

    /// <summary>Asks until the server says so: what it waits for inside can only be asked for.</summary>
    public async Task UntilAsync(string database, string sql, string expected)
    {
        long start = TimeProvider.System.GetTimestamp();
        string found;
        while ((found = await QueryAsync(database, sql)) != expected)
        {
            if (TimeProvider.System.GetElapsedTime(start) > Deadline)
                throw new TimeoutException($"{sql} gave {found} and never {expected}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isFrozen)
            Thaw();
        await StopAsync("immediate");
        if (_server is not null)
            await _server.DisposeAsync();
        await RunAsync("/bin/rm", "-rf", _folder);
    }

    // The postmaster first, so that it starts no session meanwhile.
    private void SendToAll(UnixSignal signal)
    {
        _isFrozen = signal == UnixSignal.Stop;
        int postmaster = _server!.Id;
        signal.SendTo(postmaster);
        foreach (string session in File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            signal.TrySendTo(int.Parse(session, CultureInfo.InvariantCulture)); // It may have ended meanwhile.
    }

    private static async Task<ToolResult> RunAsync(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? (await Tool.RunAsync("runuser", ["-u", User, "--", program, .. arguments])).OrThrow()
        : (await Tool.RunAsync(program, arguments)).OrThrow();

    private static async Task<string> MakeFolderAsync() =>
        (await RunAsync("/usr/bin/mktemp", "-d", "/tmp/actordns-pg-XXXXXX")).Output.Trim();

    private string Program(string name) => Path.Combine(_binaries, name);

    private static InvalidOperationException Missing() =>
        new($"no PostgreSQL under {Binaries}: install the Debian package postgresql");
}
