using System.Text.Json;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>The <c>actordns.json</c> beside a <c>named.conf</c>.</summary>
internal static class StoreFile
{
    private const string Name = "actordns.json";

    /// <summary>Keeps the journal in a PostgreSQL.</summary>
    public static void WritePostgreSql(TempFolder folder, string connectionString) => folder.Write(
        Name, JsonSerializer.Serialize(new { Node = "node1", Store = new { ConnectionString = connectionString } }));

    /// <summary>Keeps the journal in an SQLite file.</summary>
    public static void WriteSqlite(TempFolder folder, string path) => folder.Write(
        Name, JsonSerializer.Serialize(new { Node = "node1", Store = new { Path = path } }));
}
