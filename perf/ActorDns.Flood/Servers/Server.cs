using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace ActorDns.Flood.Servers;

/// <summary>A server that can be started and ended again and again, on certain cores; what it spends is told.</summary>
internal sealed class Server(ServerKind kind, Scene scene, string folder, int port, int cores)
{
    private const int TicksPerSecond = 100; // USER_HZ, which Linux fixes for what it shows in /proc.

    private string[]? _command;
    private Process? _process;

    /// <summary>The vendor's.</summary>
    public ServerKind Kind => kind;

    /// <summary>What it serves.</summary>
    public Scene Scene => scene;

    /// <summary>Where its files are.</summary>
    public string Folder => folder;

    /// <summary>The first of the cores that it may use.</summary>
    public int FirstCore { get; init; }

    /// <summary>What takes its zones from it and is started and ended with it; null when it has none.</summary>
    public Server? Secondary { get; init; }

    /// <summary>Where it answers.</summary>
    public IPEndPoint EndPoint { get; } = new(IPAddress.Loopback, port);

    /// <summary>Starts it; its configuration is written the first time.</summary>
    public void Start()
    {
        if (_command is null)
        {
            Directory.CreateDirectory(folder);
            _command = kind.Prepare(scene.TakesUpdates ? WithOwnFiles() : scene, folder, port, cores);
        }

        ProcessStartInfo start = new("taskset", ["-c", $"{FirstCore}-{FirstCore + cores - 1}", .. _command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        _process = Process.Start(start)!;
        StreamWriter log = new(Path.Combine(folder, "output.log"), append: true) { AutoFlush = true };
        TextWriter safe = TextWriter.Synchronized(log);
        _process.OutputDataReceived += (_, line) => safe.WriteLine(line.Data);
        _process.ErrorDataReceived += (_, line) => safe.WriteLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Secondary?.Start();
    }

    /// <summary>Takes away all that it has written; the next start is its first.</summary>
    public void Forget()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        _command = null;
    }

    /// <summary>The end of what it has printed.</summary>
    public string LastWords()
    {
        string path = Path.Combine(folder, "output.log");
        return File.Exists(path) ? string.Join(" / ", File.ReadLines(path).Where(static line => line.Length > 0).TakeLast(3)) : "";
    }

    /// <summary>True when it has ended by itself.</summary>
    public bool HasEnded => _process is null or { HasExited: true };

    /// <summary>Kills it and what it has started.</summary>
    public void Kill()
    {
        Secondary?.Kill();
        if (_process is { HasExited: false } process)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(5_000);
        }

        _process = null;
    }

    /// <summary>The configurations as they were written, by file name.</summary>
    public IEnumerable<(string File, string Text)> Configurations() =>
        Directory.EnumerateFiles(folder, "*.conf").Select(static path => (Path.GetFileName(path), File.ReadAllText(path)));

    /// <summary>CPU seconds, user and system, of all threads of the process and of its descendants.</summary>
    public double CpuSeconds() => (double)Family().Sum(static process => process.Ticks) / TicksPerSecond;

    /// <summary>Memory of the process and its descendants; what several of them share counts once.</summary>
    public long MemoryBytes()
    {
        long kibibytes = 0;
        foreach ((int id, long _) in Family())
        {
            string? line = File.ReadLines($"/proc/{id}/smaps_rollup")
                .FirstOrDefault(static line => line.StartsWith("Pss:", StringComparison.Ordinal));
            if (line is not null)
                kibibytes += long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }

        return kibibytes * 1024;
    }

    // Servers that take updates write their zone files back.
    private Scene WithOwnFiles() => scene with { Zones = [.. scene.Zones.Select(Copy)] };

    private SceneZone Copy(SceneZone zone)
    {
        string path = Path.Combine(folder, zone.Origin + "zone");
        File.Copy(zone.Path, path, overwrite: true);
        return zone with { Path = path };
    }

    private List<(int Id, long Ticks)> Family()
    {
        Dictionary<int, (int Parent, long Ticks)> all = [];
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out int id) && TryRead(id, out var entry))
                all[id] = entry;
        }

        int root = _process!.Id;
        List<(int, long)> family = [];
        foreach ((int id, (int _, long own)) in all)
        {
            int at = id;
            while (at > 1 && at != root && all.TryGetValue(at, out var entry))
                at = entry.Parent;
            if (at == root)
                family.Add((id, own));
        }

        return family;
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
