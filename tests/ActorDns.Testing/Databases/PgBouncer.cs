using ActorDns.Testing.Processes;

namespace ActorDns.Testing.Databases;

/// <summary>A pooler in front of a server of the tests, by Unix sockets only.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private const string User = "postgres";

    private readonly TempFolder _folder;
    private readonly ChildProcess _process;

    private PgBouncer(TempFolder folder, ChildProcess process)
    {
        _folder = folder;
        _process = process;
    }

    /// <summary>Starts one that lends out connections for a transaction, or with <c>session</c> for a session.</summary>
    public static async Task<PgBouncer> StartAsync(PostgreSqlServer server, int connections, string mode = "transaction")
    {
        TempFolder folder = new();
        string settings = folder.Write("pgbouncer.ini", $"""
            [databases]
            * = host={server.SocketFolder} user={User} pool_size={connections}
            [pgbouncer]
            listen_addr =
            unix_socket_dir = {folder.FullPath}
            listen_port = 5432
            auth_type = any
            pool_mode = {mode}
            max_client_conn = 200
            """);
        string program = Tool.Find("pgbouncer");
        if (Environment.IsPrivilegedProcess)
            (await Tool.RunAsync("chown", "-R", User, folder.FullPath)).OrThrow();
        ChildProcess process = Environment.IsPrivilegedProcess
            ? ChildProcess.Start("setpriv", [$"--reuid={User}", $"--regid={User}", "--clear-groups", program, settings])
            : ChildProcess.Start(program, [settings]);
        await process.WaitForLineAsync("process up");
        return new PgBouncer(folder, process);
    }

    /// <summary>A connection string for a database, through the pooler.</summary>
    public string ConnectionString(string database) => PostgreSqlServer.ConnectionString(_folder.FullPath, database);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
