using System.Globalization;
using System.Runtime.InteropServices;

namespace ActorDns.Flood.Running;

/// <summary>Where a run took place.</summary>
internal sealed record Machine(string Processor, int Cores, double MemoryGibibytes, string System, string Kernel, string Runtime)
{
    /// <summary>This one.</summary>
    public static Machine Here()
    {
        double kibibytes = double.Parse(Value("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture);
        return new Machine(
            Value("/proc/cpuinfo", "model name"),
            Environment.ProcessorCount,
            Math.Round(kibibytes / (1024 * 1024)),
            Value("/etc/os-release", "PRETTY_NAME", '=').Trim('"'),
            File.ReadAllText("/proc/sys/kernel/osrelease").Split('-')[0].Trim(),
            RuntimeInformation.FrameworkDescription);
    }

    private static string Value(string file, string name, char separator = ':') =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(separator, 2)[1].Trim() ?? "unknown";
}
