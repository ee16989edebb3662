using Microsoft.Data.Sqlite;

namespace ActorDns.System.Tests.Updates;

/// <summary>Another program that holds the store's write lock, as somebody with <c>sqlite3</c> and an open transaction does.</summary>
internal sealed class SqliteShell : IAsyncDisposable
{
    private readonly SqliteConnection _connection;

    private SqliteShell(SqliteConnection connection) => _connection = connection;

    public static async Task<SqliteShell> LockAsync(string store)
    {
        SqliteConnection connection = new($"Data Source={store};Pooling=False");
        await connection.OpenAsync();
        connection.BeginTransaction(); // Ends with the connection.
        return new SqliteShell(connection);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
