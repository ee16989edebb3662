using System.Runtime.InteropServices;
using ActorDns.Host.Logging;
using ActorDns.Host.Wiring;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Commands;

/// <summary>
/// One run of the server in the foreground: logging by named.conf, signals (HUP reloads, TERM and INT drain and stop, USR1 opens log
/// files again), pid-file, and word to systemd.
/// </summary>
internal sealed class ServerRun(ServerNodeOptions options, LogSettings logSettings, int debugLevel)
{
    private const PosixSignal Usr1 = (PosixSignal)10; // Positive numbers are the system's own.
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromSeconds(30);

    /// <summary>With one worker, as is the rule on one core, every wait of the journal for the disk would hold up all streams.</summary>
    private const int FewestWorkers = 4;

    /// <summary>Why the server did not start, one reason a line; empty when it did.</summary>
    public string Failure { get; private set; } = "";

    /// <summary>Called when the server answers, before anything else is waited for.</summary>
    public Action<ServerNode>? OnServing { get; init; }

    /// <summary>Runs until a signal ends it and returns the exit code.</summary>
    public async Task<int> RunAsync()
    {
        ThreadPool.GetMinThreads(out int workers, out int completions);
        ThreadPool.SetMinThreads(Math.Max(workers, FewestWorkers), completions);
        using BindLoggerProvider provider = new(logSettings, TimeProvider.System) { DebugLevel = debugLevel };
        using StartErrors errors = new();
        using LoggerFactory loggers = new([provider, errors]);
        TaskCompletionSource<TimeSpan> stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ServerNodeOptions wired = options with
        {
            Process = new ProcessControl
            {
                DebugLevel = () => provider.DebugLevel,
                SetDebugLevel = level => provider.DebugLevel = level,
                Stop = isHalt => stop.TrySetResult(isHalt ? TimeSpan.Zero : DrainDeadline),
            },
            OnConfiguration = configuration => provider.ReconfigureAsync(logSettings with
            {
                Configuration = configuration.Logging,
                Directory = configuration.Options.Directory.Value,
            }),
        };
        await using ServerNode node = new(wired, loggers, TimeProvider.System);
        SemaphoreSlim reloading = new(1, 1);
        int interrupts = 0;
        using PosixSignalRegistration term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            Log.HangUp(loggers.CreateLogger("general"));
            _ = ReloadAsync();
        });
        using PosixSignalRegistration reopen = PosixSignalRegistration.Create(Usr1, context =>
        {
            context.Cancel = true;
            _ = provider.ReopenAsync();
        });

        if (!await node.StartAsync())
        {
            await provider.FlushAsync();
            Failure = errors.Text;
            return ExitCode.Failure;
        }

        errors.Close();

        using PidFile pidFile = PidFile.Write(node.Configuration?.Options.PidFile.Value, loggers.CreateLogger("general"));
        SystemdNotify.Send("READY=1\nSTATUS=running");
        OnServing?.Invoke(node);
        _ = Task.Run(GiveBackMemory);
        TimeSpan drain = await stop.Task;
        SystemdNotify.Send("STOPPING=1");
        await node.StopAsync(drain);
        await provider.FlushAsync();
        return ExitCode.Success;

        void Stop(PosixSignalContext context)
        {
            // The second one does not wait: the default action ends the process.
            context.Cancel = Interlocked.Increment(ref interrupts) == 1;
            stop.TrySetResult(DrainDeadline);
        }

        async Task ReloadAsync()
        {
            await reloading.WaitAsync();
            try
            {
                SystemdNotify.SendReloading();
                await node.ReloadAsync();
            }
            catch (Exception failure)
            {
                Log.ReloadThrew(loggers.CreateLogger("general"), failure);
            }
            finally
            {
                SystemdNotify.Send("READY=1");
                reloading.Release();
            }
        }
    }

    // What reading configuration and zones leaves behind is several times what stays of it, and a server that is idle collects nothing.
    private static void GiveBackMemory() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
