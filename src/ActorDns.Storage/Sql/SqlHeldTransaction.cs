using System.Data.Common;
using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sql;

/// <summary>A transaction that stays open between two calls of its owner.</summary>
internal sealed class SqlHeldTransaction(SqlBackend backend, DbConnection connection, DbTransaction transaction) : IAsyncDisposable
{
    private DbConnection? _connection = connection;

    /// <summary>Does the last work in it, and commits if its result is done. Ends it in any case.</summary>
    public async ValueTask<StoreResult<T>> FinishAsync<T>(
        Func<SqlSession, ValueTask<StoreResult<T>>> work, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_connection is null, this);
        StoreResult<T> result = await backend.FinishAsync(
            new SqlSession(backend, _connection, transaction, cancellation), work);
        _connection = null;
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not { } held)
            return;
        _connection = null;
        await backend.GiveUpAsync(held, transaction);
    }
}
