using System.Diagnostics;
using System.Globalization;

namespace ActorDns.Host.Cluster;

/// <summary>
/// A process that belongs to a run. It has a session of its own, so that Ctrl-C at the terminal ends the run, and the run ends its
/// processes in their order. What it writes goes to a file.
/// </summary>
internal sealed class ChildProcess
{
    private readonly Process _process;
    private readonly string _log;

    private ChildProcess(Process process, string log)
    {
        _process = process;
        _log = log;
        Ended = process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    /// <summary>Completes when it has ended.</summary>
    public Task Ended { get; }

    /// <summary>Its exit code, once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a program; output and errors are appended to <paramref name="log"/>, a line at a time.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="log">The file.</param>
    /// <param name="onLine">Called for each line of output.</param>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, string log, Action<string>? onLine = null)
    {
        StreamWriter file = new(new FileStream(log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        Lock gate = new();
        Process process = Create("setsid", [program, .. arguments]);
        process.OutputDataReceived += (_, told) => Write(told.Data, onLine);
        process.ErrorDataReceived += (_, told) => Write(told.Data, null);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(process, log);

        void Write(string? line, Action<string>? hear)
        {
            if (line is null)
                return;
            lock (gate)
                file.WriteLine(line);
            hear?.Invoke(line);
        }
    }

    /// <summary>Starts a program whose output the caller reads.</summary>
    public static Process Run(string program, IEnumerable<string> arguments)
    {
        Process process = Create(program, arguments);
        process.Start();
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Sends a signal and waits for the end; kills what does not end in time.</summary>
    public async Task StopAsync(string signal, TimeSpan deadline)
    {
        if (!Ended.IsCompleted)
        {
            await SignalAsync(signal);
            if (await Task.WhenAny(Ended, Task.Delay(deadline)) != Ended)
                _process.Kill();
            await Ended;
        }
    }

    /// <summary>Sends a signal.</summary>
    public async Task SignalAsync(string signal)
    {
        using Process kill = Run("kill", ["-s", signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>The last line that it wrote, for an error message.</summary>
    public string LastLine() => LastLines(1);

    /// <summary>The last lines that it wrote: the reason seldom is in the very last.</summary>
    public string LastLines(int count)
    {
        using FileStream file = new(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        return string.Join('\n', reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(count));
    }

    private static Process Create(string program, IEnumerable<string> arguments) => new()
    {
        StartInfo = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        },
    };
}
