using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ActorDns.Flood.Servers;
using ActorDns.Flood.Updating;

namespace ActorDns.Flood.Clustering;

/// <summary>Three nodes with a PostgreSQL of their own, started by <c>actordns cluster up</c> from a folder made for the measurement.</summary>
internal sealed class NodeGroup : IDisposable
{
    public const int Nodes = 3;

    private const int Port = 5521;
    private const int StartTries = 240;
    private readonly Process _process;

    private NodeGroup(Process process) => _process = process;

    /// <summary>Zones that only one node is sent updates for; <see cref="HotZone"/> gets them from all.</summary>
    public static string OwnZone(int node) => string.Create(CultureInfo.InvariantCulture, $"own{node}.example");

    public static string HotZone => "update.example";

    private static IEnumerable<string> Zones => Enumerable.Range(0, Nodes).Select(OwnZone).Append(HotZone);

    /// <summary>Where a node serves; the first is 0.</summary>
    public static IPEndPoint EndPoint(int node) => new(new IPAddress([127, 0, 0, (byte)(21 + node)]), Port);

    /// <summary>Starts them, and waits until each takes an update.</summary>
    /// <param name="directory">Where everything lies; anew for each group.</param>
    /// <param name="serverPath">actordns.dll.</param>
    /// <param name="propagation">What an acknowledgement waits for: <c>local</c>, <c>quorum</c> or <c>all-live</c>.</param>
    public static NodeGroup Start(string directory, string serverPath, string propagation)
    {
        string source = Directory.CreateDirectory(Path.Combine(directory, "source")).FullName;
        File.WriteAllText(Path.Combine(source, "named.conf"), NamedConf());
        foreach (string zone in Zones)
            BenchmarkZone.WriteUpdates(Path.Combine(source, $"{zone}.db"), zone + ".");
        for (int node = 0; node < Nodes; node++)
        {
            File.WriteAllText(Path.Combine(source, string.Create(CultureInfo.InvariantCulture, $"n{node}.json")), string.Create(
                CultureInfo.InvariantCulture,
                $$"""{ "Node": "n{{node}}", "Listen": [ "{{EndPoint(node)}}" ], "Cluster": { "Propagation": "{{propagation}}" } }"""));
        }

        ProcessStartInfo start = new(
            "dotnet", [serverPath, "cluster", "up", "-c", source, "--data", Path.Combine(directory, "data"), "--nodes", "3"])
        {
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Console.WriteLine(line.Data);
        process.BeginOutputReadLine();
        NodeGroup group = new(process);
        for (int node = 0; node < Nodes; node++)
            group.WaitUntilUpdating(node);
        return group;
    }

    public void Dispose()
    {
        Process.Start("kill", ["-s", "INT", _process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string NamedConf() =>
        $$"""
        options {
            pid-file none;
            session-keyfile none;
            recursion no;
            notify no;
        };
        controls { };
        logging { category update { null; }; category update-security { null; }; };
        key "{{BenchmarkKey.Name}}" { algorithm hmac-sha256; secret "{{BenchmarkKey.Secret}}"; };

        """ + string.Concat(Zones.Select(zone =>
        $$"""
        zone "{{zone}}" { type primary; file "{{zone}}.db"; allow-update { key "{{BenchmarkKey.Name}}"; }; };

        """));

    private void WaitUntilUpdating(int node)
    {
        for (int attempt = 0; attempt < StartTries && !_process.WaitForExit(TimeSpan.FromMilliseconds(250)); attempt++)
        {
            try
            {
                using UpdateFlood flood = new(EndPoint(node), OwnZone(node), new UpdateWorkload(1, 1, IsStream: true), firstClient: 0);
                flood.Run(TimeSpan.Zero);
                if (flood.Updates == 1)
                    return;
            }
            catch (Exception notYet) when (notYet is SocketException or IOException)
            {
                // It does not listen yet.
            }
        }

        throw new InvalidOperationException($"node {node} takes no update");
    }
}
