using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorDns.Host.Wiring;

namespace ActorDns.Host.Cluster;

/// <summary>
/// A folder that describes a cluster: one <c>named.conf</c> with its zones and keys, and <c>NODE.json</c> for each node. It is laid out as
/// one folder per node, so that nodes on one machine do not write each other's files.
/// </summary>
internal sealed class ClusterFolder
{
    private const string ConfigurationName = "named.conf";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly string _source;
    private readonly List<(string Name, JsonObject Settings)> _nodes;

    private ClusterFolder(string source, List<(string Name, JsonObject Settings)> nodes)
    {
        _source = source;
        _nodes = nodes;
    }

    /// <summary>Names of the nodes that the folder describes.</summary>
    public IEnumerable<string> Nodes => _nodes.Select(node => node.Name);

    /// <summary>True when the nodes say themselves where their database is.</summary>
    public bool HasDatabase => _nodes.TrueForAll(
        static node => node.Settings["Store"]?["ConnectionString"]?.GetValue<string>() is { Length: > 0 });

    /// <summary>Reads it. More nodes than it describes go on from its last: the next number in the name, the next address.</summary>
    /// <exception cref="ClusterException">It is not such a folder.</exception>
    public static ClusterFolder Read(string folder, int nodes)
    {
        string source = Path.GetFullPath(folder);
        if (!File.Exists(Path.Combine(source, ConfigurationName)))
            throw new ClusterException($"{source}: no {ConfigurationName} in it; give a folder such as cluster-config/three-node with -c");
        List<(string Name, JsonObject Settings)> described =
        [
            .. Directory.EnumerateFiles(source, "*.json").Order(StringComparer.Ordinal).Select(ReadNode),
        ];
        if (described.Count == 0)
            throw new ClusterException($"{source}: no NODE.json in it, which names the node and its addresses");
        while (described.Count < nodes)
            described.Add(Next(described[^1]));
        return new ClusterFolder(source, described[..nodes]);
    }

    /// <summary>Writes the folder of one node under <paramref name="root"/>; gives its named.conf and settings.</summary>
    /// <param name="node">Name of the node.</param>
    /// <param name="root">Folder of the run.</param>
    /// <param name="connection">Where the database is; null leaves what the node says itself.</param>
    public NodeFiles LayOut(string node, string root, string? connection)
    {
        JsonObject settings = (JsonObject)_nodes.Find(known => known.Name == node).Settings.DeepClone();
        if (connection is not null)
            settings["Store"] = new JsonObject { ["ConnectionString"] = connection };
        string? named = settings["ClusterSecretFile"]?.GetValue<string>();
        string secret = Path.GetFullPath(named ?? "", _source);
        settings["ClusterSecretFile"] = File.Exists(secret) ? secret : SecretOf(root);
        string folder = Path.Combine(root, node);
        CopyMissing(_source, folder);
        NodeFiles files = new(Path.Combine(folder, ConfigurationName), Path.Combine(folder, NodeSettings.FileName), folder);
        File.WriteAllText(files.Settings, settings.ToJsonString(Indented));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(files.Settings, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return files;
    }

    /// <summary>One secret for all nodes of the run, and for the runs that go on in its folder.</summary>
    private static string SecretOf(string root)
    {
        string file = Path.Combine(root, ClusterSecretFile.OwnName);
        if (!File.Exists(file))
            ClusterSecretFile.Make(file);
        return file;
    }

    private static (string Name, JsonObject Settings) ReadNode(string file)
    {
        try
        {
            JsonObject settings = JsonNode.Parse(File.ReadAllText(file)) as JsonObject
                ?? throw new ClusterException($"{file}: not a JSON object");
            string name = settings["Node"]?.GetValue<string>() ?? Path.GetFileNameWithoutExtension(file);
            settings["Node"] = name;
            return (name, settings);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new ClusterException($"{file}: {failure.Message}");
        }
    }

    private static (string Name, JsonObject Settings) Next((string Name, JsonObject Settings) last)
    {
        string stem = last.Name.TrimEnd("0123456789".ToCharArray());
        if (!int.TryParse(last.Name.AsSpan(stem.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            throw new ClusterException($"node '{last.Name}' ends in no number to count on from: describe each node in a file of its own");
        string name = string.Create(CultureInfo.InvariantCulture, $"{stem}{number + 1}");
        JsonObject settings = (JsonObject)last.Settings.DeepClone();
        settings["Node"] = name;
        foreach (string setting in (string[])["Listen", "Control", "Http"])
        {
            if (settings[setting] is JsonArray addresses)
            {
                settings[setting] = new JsonArray(
                    [.. addresses.Select(static address => JsonValue.Create(NextAddress(address!.GetValue<string>())))]);
            }
            else if (settings[setting] is JsonValue address && address.TryGetValue(out string? text))
            {
                settings[setting] = NextAddress(text);
            }
        }

        return (name, settings);
    }

    private static string NextAddress(string text)
    {
        if (!IPEndPoint.TryParse(text, out IPEndPoint? endpoint))
            throw new ClusterException($"'{text}' is no address with a port: there is none to count on from");
        byte[] octets = endpoint.Address.GetAddressBytes();
        octets[^1]++;
        return new IPEndPoint(new IPAddress(octets), endpoint.Port).ToString();
    }

    /// <summary>What the nodes have written meanwhile stays, when a run goes on in the folder of an earlier one.</summary>
    private static void CopyMissing(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
        {
            string copy = Path.Combine(to, Path.GetFileName(file));
            if (Path.GetExtension(file) != ".json" && !File.Exists(copy))
                File.Copy(file, copy);
        }

        foreach (string folder in Directory.EnumerateDirectories(from))
            CopyMissing(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
