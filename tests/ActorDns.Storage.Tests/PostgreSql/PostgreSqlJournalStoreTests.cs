using ActorDns.Storage.Contracts;
using ActorDns.Storage.PostgreSql;
using ActorDns.Storage.Sql;
using ActorDns.Storage.Tests.Contracts;
using ActorDns.Testing.Databases;

namespace ActorDns.Storage.Tests.PostgreSql;

public sealed class PostgreSqlJournalStoreTests(PostgreSqlFixture fixture) : JournalStoreContract
{
    private PostgreSqlServer _server = null!;
    private string _connection = "";

    protected override async ValueTask PrepareAsync()
    {
        _server = await fixture.ServerAsync();
        _connection = await _server.CreateDatabaseAsync();
    }

    protected override ValueTask CleanAsync() => ValueTask.CompletedTask;

    protected override IJournalStore Create(int lastMigration) =>
        new PostgreSqlStore(new PostgreSqlStoreOptions(_connection) { RefusalCapacityRows = RefusalCapacity }, lastMigration);

    private protected override SqlBackend CreateBackend() => new PostgreSqlBackend(new PostgreSqlStoreOptions(_connection));

    protected override string Literal(ReadOnlyMemory<byte> octets) => $"'\\x{Convert.ToHexString(octets.Span)}'";

    protected override Task<string> SqlAsync(string sql) => _server.QueryAsync(_connection.Split("Database=")[1], sql);

    protected override async ValueTask StartEmptyAsync() => await SqlAsync("DROP SCHEMA public CASCADE; CREATE SCHEMA public");

    [Fact]
    public async Task Journal_is_read_with_psql()
    {
        long zone = await AddZoneAsync();
        await AppendAsync(new ZoneAppend(zone, 0, [Sample.Entry(1), Sample.Entry(2)]));

        string output = await SqlAsync("SET timezone = 'UTC'; " + OperatorQuery);

        Assert.Equal(
            """
            2026-11-20 09:14:05+00|example.|terraform.|192.0.2.7#51514|2|3|update|+host2.example. 300 IN A 192.0.2.1

            2026-11-20 09:14:04+00|example.|terraform.|192.0.2.7#51514|1|2|update|+host1.example. 300 IN A 192.0.2.1
            """,
            output);
    }
}
