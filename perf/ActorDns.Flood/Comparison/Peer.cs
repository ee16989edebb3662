using System.Diagnostics;
using System.Globalization;

namespace ActorDns.Flood.Comparison;

/// <summary>A server under comparison: its name, its port and the command that starts it in the foreground.</summary>
/// <param name="Name">As the tables show it.</param>
/// <param name="Port">UDP port on the loopback address.</param>
/// <param name="Command">The program and its arguments.</param>
internal sealed record Peer(string Name, int Port, string[] Command)
{
    private const int TicksPerSecond = 100; // USER_HZ, which Linux fixes for what it shows in /proc.

    private Process? _process;

    /// <summary>How many cores it may run on, from core 0 on.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>Starts it.</summary>
    public void Start(string directory)
    {
        ProcessStartInfo start = new("taskset", ["-c", $"0-{Cores - 1}", .. Command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        _process = Process.Start(start)!;
        StreamWriter log = new(Path.Combine(directory, Name + ".log")) { AutoFlush = true };
        TextWriter safe = TextWriter.Synchronized(log);
        _process.OutputDataReceived += (_, line) => safe.WriteLine(line.Data);
        _process.ErrorDataReceived += (_, line) => safe.WriteLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits a little for its end; false when it goes on.</summary>
    public bool EndsWithin(TimeSpan time) => _process!.WaitForExit(time);

    /// <summary>Ends it and what it has started.</summary>
    public void Stop()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(5000);
        }
    }

    /// <summary>CPU seconds, user and system, of all threads of the process and of its descendants.</summary>
    public double CpuSeconds()
    {
        Dictionary<int, (int Parent, long Ticks)> all = [];
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out int id) && TryRead(id, out var entry))
                all[id] = entry;
        }

        int root = _process!.Id;
        long ticks = 0;
        foreach ((int id, (int _, long own)) in all)
        {
            int at = id;
            while (at > 1 && at != root && all.TryGetValue(at, out var entry))
                at = entry.Parent;
            ticks += at == root ? own : 0;
        }

        return (double)ticks / TicksPerSecond;
    }

    private static bool TryRead(int id, out (int Parent, long Ticks) entry)
    {
        entry = default;
        try
        {
            string text = File.ReadAllText($"/proc/{id}/stat");
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            entry = (Number(fields[1]), Number(fields[11]) + Number(fields[12]));
            return true;
        }
        catch (IOException)
        {
            return false; // It ended meanwhile.
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
