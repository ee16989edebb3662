using System.Net;
using ActorDns.Actors.Cluster;
using ActorDns.Host.Metrics;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Access;
using Microsoft.Extensions.Configuration;

namespace ActorDns.Host.Wiring;

/// <summary>
/// What BIND has no word for, from <c>actordns.json</c> beside <c>named.conf</c> and from the environment
/// (<c>ACTORDNS__Store__Path</c> and so on), which wins. Nothing in it is needed by a single node.
/// </summary>
public sealed record NodeSettings
{
    /// <summary>File name of the settings.</summary>
    public const string FileName = "actordns.json";

    private const string DefaultStoreFile = "actordns.db";
    private const string SharedKeptKeysFile = "actordns.keys";
    private static readonly string[] Known =
    [
        "Node", "ClusterSecretFile", "Listen", "Control", "Store", "Store:Path", "Store:ConnectionString", "Store:ListenConnectionString",
        "Refusals", "Refusals:Queries", .. RetentionSettings.Known, .. ClusterNodeSettings.Known,
    ];

    /// <summary>Name of this node in journal and logs; the host's name unless set.</summary>
    public required string Node { get; init; }

    /// <summary>
    /// Addresses to answer on instead of those of <c>listen-on</c>, so that nodes can share a <c>named.conf</c>; empty keeps those.
    /// </summary>
    public IReadOnlyList<NetEndpoint> Listen { get; init; } = [];

    /// <summary>Address of the control channel instead of those of <c>controls</c>; null keeps those.</summary>
    public NetEndpoint? Control { get; init; }

    /// <summary>The SQLite file, relative to <c>directory</c>.</summary>
    public string StorePath { get; init; } = DefaultStoreFile;

    /// <summary>Where PostgreSQL is; null keeps the journal in SQLite.</summary>
    public string? PostgreSqlConnectionString { get; init; }

    /// <summary>
    /// How the node hears other nodes when <see cref="PostgreSqlConnectionString"/> leads through a pooler; null takes that one.
    /// </summary>
    public string? PostgreSqlListenConnectionString { get; init; }

    /// <summary>
    /// File with the cluster secret, which seals registered keys: a systemd credential or a path relative to the settings; null for a
    /// single node's own.
    /// </summary>
    public string? ClusterSecretFile { get; init; }

    /// <summary>How the nodes of a cluster wait for each other.</summary>
    public ClusterSettings Cluster { get; init; } = new();

    /// <summary>How much of every zone's journal is kept; all of it unless set.</summary>
    public RetentionPolicy Retention { get; init; } = new();

    /// <summary>True keeps refused queries for <c>actordns denied</c> too, of which there may be many.</summary>
    public bool KeepsRefusedQueries { get; init; }

    /// <summary>Where health and metrics are served; nowhere unless set.</summary>
    public TelemetrySettings Telemetry { get; init; } = new();

    /// <summary>Settings whose values make no sense, in words.</summary>
    public IReadOnlyList<string> Wrong { get; init; } = [];

    /// <summary>Settings that are not known, for a warning.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>The SQLite file of a node whose <c>directory</c> is given.</summary>
    internal string StoreFile(string directory) => Path.GetFullPath(StorePath, directory);

    /// <summary>
    /// Where a node keeps what the key registry told it last: beside its SQLite file, or in <paramref name="directory"/> when it shares a
    /// store.
    /// </summary>
    internal string KeptKeysFile(string directory) =>
        PostgreSqlConnectionString is null ? StoreFile(directory) + ".keys" : Path.GetFullPath(SharedKeptKeysFile, directory);

    /// <summary>The file of a node whose configuration is given, unless another is named.</summary>
    public static string FileBeside(string configurationFile) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(configurationFile)) ?? "/", FileName);

    /// <summary>Reads the settings of a node; a file that is not there has none.</summary>
    /// <exception cref="InvalidDataException">The file is not JSON.</exception>
    public static NodeSettings Read(string file)
    {
        IConfigurationRoot read = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath(file), optional: true)
            .AddEnvironmentVariables("ACTORDNS__")
            .Build();
        List<string> wrong = [];
        bool keepsQueries = false;
        if (read["Refusals:Queries"] is { } text && !bool.TryParse(text, out keepsQueries))
            wrong.Add($"Refusals:Queries '{text}' is neither true nor false");
        if (read["Store:ListenConnectionString"] is not null && read["Store:ConnectionString"] is null)
            wrong.Add("Store:ListenConnectionString is for nodes that share a PostgreSQL, and there is no Store:ConnectionString");
        List<NetEndpoint> listen = [];
        foreach (IConfigurationSection one in read.GetSection("Listen").GetChildren())
        {
            if (TryReadEndpoint(one, out NetEndpoint endpoint))
                listen.Add(endpoint);
        }

        return new NodeSettings
        {
            Node = read["Node"] ?? Environment.MachineName,
            Listen = listen,
            Control = read["Control"] is not null && TryReadEndpoint(read.GetSection("Control"), out NetEndpoint control) ? control : null,
            StorePath = read["Store:Path"] ?? DefaultStoreFile,
            PostgreSqlConnectionString = read["Store:ConnectionString"] is { Length: > 0 } connection ? connection : null,
            PostgreSqlListenConnectionString = read["Store:ListenConnectionString"],
            ClusterSecretFile = read["ClusterSecretFile"],
            Retention = RetentionSettings.Read(read, wrong),
            Cluster = ClusterNodeSettings.Read(read, wrong),
            KeepsRefusedQueries = keepsQueries,
            Telemetry = TelemetrySettings.Read(read, wrong),
            Wrong = wrong,
            Unknown = [.. read.AsEnumerable()
                .Select(static pair => pair.Key)
                .Where(static key => !key.StartsWith("Listen:", StringComparison.OrdinalIgnoreCase)
                    && !Known.Contains(key, StringComparer.OrdinalIgnoreCase)
                    && !TelemetrySettings.IsKnown(key))],
        };

        bool TryReadEndpoint(IConfigurationSection setting, out NetEndpoint endpoint)
        {
            endpoint = default;
            if (!IPEndPoint.TryParse(setting.Value ?? "", out IPEndPoint? parsed) || parsed.Port == 0)
            {
                wrong.Add($"{setting.Path} '{setting.Value}' is no address with a port such as 192.0.2.1:53 or [2001:db8::1]:53");
                return false;
            }

            endpoint = new NetEndpoint(NetAddress.From(parsed.Address), (ushort)parsed.Port);
            return true;
        }
    }
}
