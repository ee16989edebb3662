using System.Globalization;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Cluster;

/// <summary>A secondary that asks another node each time, for the difference to what it has, and must get a difference.</summary>
internal sealed class HoppingSecondary(ClusterUnderTest cluster, string zone)
{
    private readonly HashSet<string> _records = [];
    private string _soa = "";
    private int _next;

    /// <summary>Differences that were taken over.</summary>
    public int Differences { get; private set; }

    /// <summary>What was got instead of a difference, in words.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>The records, sorted, as <see cref="ClusterUnderTest.TransferAsync"/> gives them.</summary>
    public string[] Records => [.. _records.Append(_soa).Order(StringComparer.Ordinal)];

    private uint Serial => SerialOf(_soa);

    /// <summary>Takes the whole zone once.</summary>
    public async Task StartAsync()
    {
        foreach (string line in await cluster.TransferAsync(1, zone))
        {
            if (IsSoa(line))
                _soa = line;
            else
                _records.Add(line);
        }
    }

    /// <summary>Asks the next node; a node that is away is passed over.</summary>
    public async Task HopAsync()
    {
        int node = (_next++ % cluster.Nodes) + 1;
        ToolResult dig = await cluster.DigAsync(
            node, zone, string.Create(CultureInfo.InvariantCulture, $"IXFR={Serial}"), "+tcp", "+tries=1", "+time=2", "+noall", "+answer");
        string[] lines = [.. dig.Lines.Where(line => !line.StartsWith(';')).Select(ClusterUnderTest.Normal)];
        if (dig.ExitCode != 0 || lines.Length <= 1)
            return; // Away, broken off, or nothing newer there.
        if (!IsSoa(lines[1]) || SerialOf(lines[1]) != Serial)
            Faults.Add($"node {node} gave {lines.Length} records, no difference from {Serial}: {lines[1]}");
        else if (lines[^1] != lines[0])
            Faults.Add($"node {node} gave a difference that does not end: {lines[^1]}");
        else
            Apply(lines);
    }

    private void Apply(string[] lines)
    {
        bool isRemoving = false;
        foreach (string line in lines[1..^1])
        {
            if (IsSoa(line))
            {
                isRemoving = !isRemoving;
                if (isRemoving && line != _soa)
                    Faults.Add($"difference from {line} after {_soa}");
                _soa = line;
            }
            else if (isRemoving ? !_records.Remove(line) : !_records.Add(line))
            {
                Faults.Add($"{(isRemoving ? "removed what was not there" : "added what was there")}: {line}");
            }
        }

        if (_soa != lines[0])
            Faults.Add($"the last step led to {_soa}, not to {lines[0]}");
        Differences++;
    }

    private static bool IsSoa(string line) => line.Split(' ') is [_, _, _, "SOA", ..];

    private static uint SerialOf(string soa) => uint.Parse(soa.Split(' ')[6], CultureInfo.InvariantCulture);
}
