using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sql;

/// <summary>
/// What differs between the databases, and the one place where a session begins, commits, and where exceptions become values.
/// </summary>
internal abstract class SqlBackend : IAsyncDisposable
{
    /// <summary>Folder of the migrations.</summary>
    public abstract string Dialect { get; }

    /// <summary>Function that finds the second text in the first: position from 1, or 0.</summary>
    public abstract string PositionFunction { get; }

    /// <summary>Counts the tables of migrations: 0 or 1.</summary>
    public abstract string CountSchemaTable { get; }

    /// <summary>Keeps two programs from migrating at once; null when a writing transaction does so already.</summary>
    public abstract string? MigrationLock { get; }

    /// <summary>
    /// Appended to a SELECT whose rows must not change until the transaction ends; empty when no other can write meanwhile.
    /// </summary>
    public abstract string RowLock { get; }

    /// <summary>Appended to a SELECT of rows to remove, so that it passes over those that another node is removing.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>What tells one row of the kept requests from the others.</summary>
    public abstract string RequestRow { get; }

    /// <summary>True when several nodes may work with the store.</summary>
    public abstract bool IsShared { get; }

    /// <summary>
    /// A node that is alive and does not know a schema version, in words; null when there is none. It keeps a migration from being applied
    /// that it could not read.
    /// </summary>
    public virtual ValueTask<string?> FindOlderMemberAsync(SqlSession session, int schemaVersion) => ValueTask.FromResult<string?>(null);

    /// <summary>
    /// Waits until what was committed before is where a commit of this moment has to be, on standbys too. Unavailable when that cannot be
    /// said.
    /// </summary>
    public virtual ValueTask<StoreResult<bool>> SettleAsync(CancellationToken cancellation) =>
        ValueTask.FromResult(new StoreResult<bool>(true));

    public abstract object TimeParameter(DateTimeOffset time);

    public abstract DateTimeOffset ReadTime(DbDataReader row, int column);

    public abstract object IdParameter(Guid id);

    /// <summary>The database's clock.</summary>
    public abstract ValueTask<DateTimeOffset> ReadClockAsync(SqlSession session);

    public abstract ValueTask DisposeAsync();

    /// <summary>
    /// Runs work without a transaction: it writes nothing, or a statement whose effect may be lost or repeated without harm.
    /// </summary>
    public async ValueTask<StoreResult<T>> ReadAsync<T>(
        Func<SqlSession, ValueTask<StoreResult<T>>> work, CancellationToken cancellation)
    {
        DbConnection? connection = null;
        bool isSound = false;
        try
        {
            connection = await RentAsync(forWriting: false, cancellation);
            StoreResult<T> result = await work(new SqlSession(this, connection, null, cancellation));
            isSound = true;
            return result;
        }
        catch (Exception error) when (ClassifyAny(error, isCommitting: false) is { } failure)
        {
            return new StoreResult<T>(failure.Status, failure.Message);
        }
        finally
        {
            if (connection is not null)
                await ReturnAsync(connection, forWriting: false, isSound);
        }
    }

    /// <summary>
    /// Runs work that writes nothing but keeps writers out while it looks. Its transaction is rolled back: a commit would wait for
    /// standbys.
    /// </summary>
    public async ValueTask<StoreResult<T>> LookAsync<T>(
        Func<SqlSession, ValueTask<StoreResult<T>>> work, CancellationToken cancellation)
    {
        DbConnection? connection = null;
        bool isSound = false;
        try
        {
            connection = await RentAsync(forWriting: true, cancellation);
            await using DbTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.Unspecified, cancellation);
            await BeginAsync(connection, transaction, cancellation);
            StoreResult<T> result = await work(new SqlSession(this, connection, transaction, cancellation));
            await transaction.RollbackAsync(cancellation);
            isSound = true;
            return result;
        }
        catch (Exception error) when (ClassifyAny(error, isCommitting: false) is { } failure)
        {
            return new StoreResult<T>(failure.Status, failure.Message);
        }
        finally
        {
            if (connection is not null)
                await ReturnAsync(connection, forWriting: true, isSound);
        }
    }

    /// <summary>Runs work as one transaction, which is committed if its result is done.</summary>
    public async ValueTask<StoreResult<T>> WriteAsync<T>(
        Func<SqlSession, ValueTask<StoreResult<T>>> work, CancellationToken cancellation)
    {
        DbConnection? connection = null;
        bool isCommitting = false;
        bool isSound = false;
        try
        {
            connection = await RentAsync(forWriting: true, cancellation);
            await using DbTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.Unspecified, cancellation);
            await BeginAsync(connection, transaction, cancellation);
            StoreResult<T> result = await work(new SqlSession(this, connection, transaction, cancellation));
            if (result.IsDone)
            {
                isCommitting = true;
                if (await CommitAsync(connection, transaction) is { } doubt)
                    return new StoreResult<T>(StoreStatus.UnknownOutcome, doubt);
            }

            isSound = true;
            return result;
        }
        catch (Exception error) when (ClassifyAny(error, isCommitting) is { } failure)
        {
            return new StoreResult<T>(failure.Status, failure.Message);
        }
        finally
        {
            if (connection is not null)
                await ReturnAsync(connection, forWriting: true, isSound);
        }
    }

    /// <summary>Begins a transaction with a look at what it locks, and leaves it open when that is done.</summary>
    public async ValueTask<StoreResult<(T Seen, SqlHeldTransaction Transaction)>> HoldAsync<T>(
        Func<SqlSession, ValueTask<StoreResult<T>>> look, CancellationToken cancellation)
    {
        DbConnection? connection = null;
        DbTransaction? transaction = null;
        bool isHeld = false;
        try
        {
            connection = await RentAsync(forWriting: true, cancellation);
            transaction = await connection.BeginTransactionAsync(IsolationLevel.Unspecified, cancellation);
            await BeginAsync(connection, transaction, cancellation);
            StoreResult<T> seen = await look(new SqlSession(this, connection, transaction, cancellation));
            isHeld = seen.IsDone;
            return isHeld
                ? new((seen.Value!, new SqlHeldTransaction(this, connection, transaction)))
                : new(seen.Status, seen.Message);
        }
        catch (Exception error) when (ClassifyAny(error, isCommitting: false) is { } failure)
        {
            return new(failure.Status, failure.Message);
        }
        finally
        {
            if (connection is not null && !isHeld)
                await GiveUpAsync(connection, transaction);
        }
    }

    /// <summary>Ends a held transaction with its last work.</summary>
    public async ValueTask<StoreResult<T>> FinishAsync<T>(SqlSession session, Func<SqlSession, ValueTask<StoreResult<T>>> work)
    {
        bool isCommitting = false;
        bool isSound = false;
        try
        {
            await using DbTransaction transaction = session.Transaction!;
            StoreResult<T> result = await work(session);
            if (result.IsDone)
            {
                isCommitting = true;
                if (await CommitAsync(session.Connection, transaction) is { } doubt)
                    return new StoreResult<T>(StoreStatus.UnknownOutcome, doubt);
            }

            isSound = true;
            return result;
        }
        catch (Exception error) when (ClassifyAny(error, isCommitting) is { } failure)
        {
            return new StoreResult<T>(failure.Status, failure.Message);
        }
        finally
        {
            await ReturnAsync(session.Connection, forWriting: true, isSound);
        }
    }

    /// <summary>Ends a transaction of which nothing is to stay, and its connection if that cannot be said to it.</summary>
    public async ValueTask GiveUpAsync(DbConnection connection, DbTransaction? transaction)
    {
        bool isSound = false;
        try
        {
            if (transaction is not null)
            {
                await transaction.RollbackAsync();
                await transaction.DisposeAsync();
                isSound = true;
            }
        }
        catch (Exception error) when (error is InvalidOperationException || ClassifyAny(error, isCommitting: false) is not null)
        {
            // The connection is broken, and its transaction has ended with it.
        }
        finally
        {
            await ReturnAsync(connection, forWriting: true, isSound);
        }
    }

    protected abstract ValueTask<DbConnection> RentAsync(bool forWriting, CancellationToken cancellation);

    protected abstract ValueTask ReturnAsync(DbConnection connection, bool forWriting, bool isSound);

    /// <summary>Sets up a transaction that has just begun, where the connection cannot keep the settings.</summary>
    protected virtual ValueTask BeginAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation) =>
        ValueTask.CompletedTask;

    /// <summary>Commits, and gives the reason when the database itself says that it cannot promise.</summary>
    protected abstract ValueTask<string?> CommitAsync(DbConnection connection, DbTransaction transaction);

    protected abstract StoreFailure Classify(DbException error, bool isCommitting);

    private StoreFailure? ClassifyAny(Exception error, bool isCommitting) => error switch
    {
        DbException database => Classify(database, isCommitting),
        UnauthorizedAccessException => new StoreFailure(StoreStatus.Refused, error.Message),
        InvalidDataException => new StoreFailure(StoreStatus.Corrupt, error.Message),
        IOException or SocketException or TimeoutException or ObjectDisposedException =>
            new StoreFailure(isCommitting ? StoreStatus.UnknownOutcome : StoreStatus.Unavailable, error.Message),
        _ => null,
    };
}
