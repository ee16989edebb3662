using System.Globalization;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.PostgreSql;
using ActorDns.Storage.Sqlite;
using ActorDns.Storage.Tests.Contracts;
using ActorDns.Testing.Processes;

namespace ActorDns.Storage.Tests.Crashes;

/// <summary>
/// The process that is killed: appends groups of 51 entries in three zones without end, or so many times, and writes <c>ack ZONE VERSION
/// COMMIT</c> for each zone after the store has said Done.
/// </summary>
internal static class Appender
{
    public const string Verb = "append";

    public const int EntriesPerZone = 17;

    private static readonly string[] Zones = ["a.example.", "b.example.", "c.example."];

    public static IJournalStore Open(string kind, string place) => kind switch
    {
        "sqlite" => new SqliteStore(new SqliteStoreOptions(place), TimeProvider.System),
        "postgresql" => new PostgreSqlStore(new PostgreSqlStoreOptions(place)),
        _ => throw new ArgumentException($"unknown store '{kind}'"),
    };

    public static int ZoneCount => Zones.Length;

    /// <summary>Starts it as a process, under another program if one is named.</summary>
    public static ChildProcess Start(string kind, string place, int groups, params string[] under)
    {
        string host = Environment.ProcessPath!;
        string[] self = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [host, typeof(Appender).Assembly.Location] : [host];
        string[] all = [.. under, .. self, Verb, kind, place, groups.ToString(CultureInfo.InvariantCulture)];
        return ChildProcess.Start(all[0], all[1..]);
    }

    /// <summary>Arguments: kind of store, its place, number of groups (0: no end).</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        await using IJournalStore store = Open(arguments[0], arguments[1]);
        int limit = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        StoreIdentity identity = (await store.OpenAsync(CancellationToken.None)).Value
            ?? throw new InvalidOperationException("the store does not open");
        List<ZoneHead> heads = [];
        foreach (string zone in Zones)
        {
            ZoneKey key = new(DomainName.Parse(zone), RecordClass.In, "_default");
            heads.Add((await store.Zones.GetOrAddAsync(key, CancellationToken.None)).Value!.Head);
        }

        await using Stream output = Console.OpenStandardOutput();
        await output.WriteAsync("ready\n"u8.ToArray());
        for (int round = 0; limit == 0 || round < limit; round++)
        {
            AppendGroup group = new(Guid.NewGuid(), identity.Epoch, [.. heads.Select(Next)]);
            StoreResult<IReadOnlyList<ZoneOutcome>> result = await store.Journal.AppendAsync(group, CancellationToken.None);
            if (!result.IsDone)
                return 1;
            StringBuilder acknowledgements = new();
            for (int at = 0; at < heads.Count; at++)
            {
                heads[at] = result.Value[at].Head;
                if (result.Value[at].Status == ZoneOutcomeStatus.Won)
                    acknowledgements.Append(CultureInfo.InvariantCulture, $"ack {heads[at].ZoneId} {heads[at].Version} {group.CommitId:D}\n");
            }

            await output.WriteAsync(Encoding.ASCII.GetBytes(acknowledgements.ToString()));
        }

        return 0;
    }

    private static ZoneAppend Next(ZoneHead head)
    {
        uint serial = head.Serial?.Value ?? 1;
        return new ZoneAppend(
            head.ZoneId, head.Version, [.. Enumerable.Range(0, EntriesPerZone).Select(step => Sample.Entry(serial + (uint)step))]);
    }
}
