using ActorDns.Actors.Tests.Journal;
using ActorDns.Testing.Databases;

[assembly: AssemblyFixture(typeof(PostgreSqlFixture))]

namespace ActorDns.Actors.Tests.Journal;

/// <summary>One server for all test classes, started when the first of them asks; each test makes its own database.</summary>
public sealed class PostgreSqlFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PostgreSqlServer>> _server = new(() => PostgreSqlServer.StartAsync());

    public Task<PostgreSqlServer> ServerAsync() => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
            await (await _server.Value).DisposeAsync();
    }
}
