using ActorDns.Storage.Contracts;
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
    private static readonly string[] Known =
    [
        "Node", "Store", "Store:Path", "Store:ConnectionString", "Refusals", "Refusals:Queries", .. RetentionSettings.Known,
    ];

    /// <summary>Name of this node in journal and logs; the host's name unless set.</summary>
    public required string Node { get; init; }

    /// <summary>The SQLite file, relative to <c>directory</c>.</summary>
    public string StorePath { get; init; } = DefaultStoreFile;

    /// <summary>Where PostgreSQL is; null keeps the journal in SQLite.</summary>
    public string? PostgreSqlConnectionString { get; init; }

    /// <summary>How much of every zone's journal is kept; all of it unless set.</summary>
    public RetentionPolicy Retention { get; init; } = new();

    /// <summary>True keeps refused queries for <c>actordns denied</c> too, of which there may be many.</summary>
    public bool KeepsRefusedQueries { get; init; }

    /// <summary>Settings whose values make no sense, in words.</summary>
    public IReadOnlyList<string> Wrong { get; init; } = [];

    /// <summary>Settings that are not known, for a warning.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>The SQLite file of a node whose <c>directory</c> is given.</summary>
    internal string StoreFile(string directory) => Path.GetFullPath(StorePath, directory);

    /// <summary>Reads the settings of a node whose configuration is in a folder.</summary>
    /// <exception cref="InvalidDataException">The file is not JSON.</exception>
    public static NodeSettings Read(string folder)
    {
        IConfigurationRoot read = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(folder, FileName), optional: true)
            .AddEnvironmentVariables("ACTORDNS__")
            .Build();
        List<string> wrong = [];
        bool keepsQueries = false;
        if (read["Refusals:Queries"] is { } text && !bool.TryParse(text, out keepsQueries))
            wrong.Add($"Refusals:Queries '{text}' is neither true nor false");
        return new NodeSettings
        {
            Node = read["Node"] ?? Environment.MachineName,
            StorePath = read["Store:Path"] ?? DefaultStoreFile,
            PostgreSqlConnectionString = read["Store:ConnectionString"],
            Retention = RetentionSettings.Read(read, wrong),
            KeepsRefusedQueries = keepsQueries,
            Wrong = wrong,
            Unknown = [.. read.AsEnumerable()
                .Select(static pair => pair.Key)
                .Where(static key => !Known.Contains(key, StringComparer.OrdinalIgnoreCase))],
        };
    }
}
