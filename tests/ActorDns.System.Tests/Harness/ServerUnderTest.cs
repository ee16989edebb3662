using System.Net;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Harness;

/// <summary>
/// A running authoritative server: ours, or BIND from the same configuration. <c>ACTORDNS_TEST_SERVER=bind</c> turns every test
/// that does not choose by itself towards BIND, to show that the test is right.
/// </summary>
public sealed class ServerUnderTest : IAsyncDisposable
{
    private const string ReadyLine = "running";

    private ServerUnderTest(ServerKind kind, TempFolder folder, int port, NamedConf conf, string[] under)
    {
        Kind = kind;
        Folder = folder;
        Port = port;
        ConfFile = Folder.Write($"named-{port}.conf", conf.Build(folder.FullPath, port));
        (string program, string[] arguments) = CommandOf(kind);
        string[] command = [.. under, Tool.Find(program), .. arguments, "-g", "-c", ConfFile];
        Process = ChildProcess.Start(command[0], command[1..], Folder.FullPath);
    }

    /// <summary>What a test that does not choose is run against.</summary>
    public static ServerKind Default => Environment.GetEnvironmentVariable("ACTORDNS_TEST_SERVER") switch
    {
        null or "" or "actordns" => ServerKind.ActorDns,
        "bind" => ServerKind.Bind,
        string other => throw new InvalidOperationException($"ACTORDNS_TEST_SERVER is '{other}': use actordns or bind"),
    };

    public ServerKind Kind { get; }

    public TempFolder Folder { get; }

    public int Port { get; }

    public string ConfFile { get; }

    public ChildProcess Process { get; }

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Port);

    /// <summary>Program and first arguments that stand for <c>named</c>.</summary>
    public static (string Program, string[] Arguments) CommandOf(ServerKind kind) => kind switch
    {
        ServerKind.Bind => ("named", []),
        _ => ("dotnet", [Path.Combine(AppContext.BaseDirectory, "actordns.dll"), "named"]),
    };

    /// <summary>
    /// Starts a server, on a port of its own unless one is given and under another program if one is named, and waits until it says that
    /// it runs.
    /// </summary>
    public static async Task<ServerUnderTest> StartAsync(
        TempFolder folder, NamedConf conf, ServerKind? kind = null, int? port = null, string[]? under = null)
    {
        ServerUnderTest server = new(kind ?? Default, folder, port ?? FreePorts.Take(), conf, under ?? []);
        try
        {
            await server.Process.WaitForLineAsync(
                line => line.TrimEnd().EndsWith(ReadyLine, StringComparison.Ordinal), "that it is running", 0, null);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes the configuration anew; <see cref="ReloadAsync"/> makes the server read it.</summary>
    public void Rewrite(NamedConf conf) => File.WriteAllText(ConfFile, conf.Build(Folder.FullPath, Port));

    /// <summary>Sends HUP and waits for a line that is written after it.</summary>
    public async Task<string> ReloadAsync(string line = "reloading zones succeeded")
    {
        int seen = Process.Lines.Length;
        Process.Hangup();
        return await Process.WaitForLineAsync(line, seen);
    }

    /// <summary>Runs dig against this server.</summary>
    public Task<ToolResult> DigAsync(params string[] arguments) =>
        Tool.RunAsync("dig", ["@127.0.0.1", "-p", $"{Port}", .. arguments]);

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
