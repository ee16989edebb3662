using System.Globalization;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Commands;

/// <summary>
/// The server as an init script starts it: a first process that detaches and ends, a second one that is known by its pid-file. It has
/// ended when the test has.
/// </summary>
internal sealed class InstalledServer : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly TempFolder _folder;
    private readonly string _pidFile;

    private InstalledServer(TempFolder folder, string pidFile)
    {
        _folder = folder;
        _pidFile = pidFile;
    }

    /// <summary>What the first process said before it ended.</summary>
    public required ToolResult Start { get; init; }

    public int Id => int.Parse(File.ReadAllText(_pidFile), CultureInfo.InvariantCulture);

    public bool HasPidFile => File.Exists(_pidFile);

    public string[] Log => File.Exists(_folder["log"]) ? File.ReadAllLines(_folder["log"]) : [];

    /// <summary>Runs <c>named</c> with these flags behind <c>-c</c>, and waits for the first process.</summary>
    public static async Task<InstalledServer> RunAsync(TempFolder folder, string confFile, params string[] flags)
    {
        (string program, string[] arguments) = ServerUnderTest.CommandOf(ServerUnderTest.Default);
        return new InstalledServer(folder, folder["run/pid"])
        {
            Start = await Tool.RunAsync(program, [.. arguments, "-c", confFile, .. flags], null),
        };
    }

    /// <summary>A field of <c>/proc/PID/status</c>.</summary>
    public string Status(string field) => File.ReadLines($"/proc/{Id}/status")
        .First(line => line.StartsWith(field + ":", StringComparison.Ordinal))[(field.Length + 1)..].Trim();

    /// <summary>Sends TERM and waits until the process is gone.</summary>
    public async Task StopAsync()
    {
        int id = Id;
        UnixSignal.Terminate.SendTo(id);
        await UntilAsync(() => !IsAlive(id), $"process {id} has ended");
    }

    /// <summary>Looks again and again until something has come about.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        using CancellationTokenSource late = new(Deadline);
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            try
            {
                await pace.WaitForNextTickAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"it has not come about in time that {what}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (HasPidFile && IsAlive(Id))
            await StopAsync();
    }

    /// <summary>An ended process that nobody has waited for is not alive.</summary>
    private static bool IsAlive(int id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].StartsWith('Z');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
