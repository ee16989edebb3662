using System.Text;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sql;
using Npgsql;

namespace ActorDns.Storage.PostgreSql;

/// <summary>
/// Messages by NOTIFY. They are sent over the sessions that write, which may lead through a pooler, and heard over a connection that leads
/// straight to the server. That both are of one database, and that nothing between them swallows messages, is tried before anything is
/// relied on.
/// </summary>
internal sealed class PostgreSqlSignals(PostgreSqlBackend backend, PostgreSqlStoreOptions options) : IClusterSignals, IDisposable
{
    /// <summary>PostgreSQL takes less than 8,000 octets; one of them is the kind.</summary>
    private const int LongestTextBytes = 7_900;

    private const char MessageKind = 'm';
    private const char TestKind = 't';

    private const string Listen = "LISTEN actordns";

    /// <summary>
    /// $1: kind and text. A transaction that only notifies writes no log before its commit, so that it waits neither for the disk nor for
    /// standbys; in one that writes, all that notify would wait for both.
    /// </summary>
    private const string Notify = "SELECT pg_notify('actordns', $1)";

    /// <summary>One after the other, so that they arrive in order whatever connection they take.</summary>
    private readonly SemaphoreSlim _sending = new(1, 1);

    public int MaxTextBytes => LongestTextBytes;

    public ValueTask<StoreResult<bool>> SendAsync(string text, CancellationToken cancellation) =>
        Encoding.UTF8.GetByteCount(text) <= LongestTextBytes
            ? SendAsync(MessageKind, text, cancellation)
            : throw new ArgumentException($"a message of more than {LongestTextBytes} octets");

    public void Dispose() => _sending.Dispose();

    public async ValueTask<StoreResult<bool>> ListenAsync(Action<string> heard, Action ready, CancellationToken cancellation)
    {
        NpgsqlConnectionStringBuilder settings =
            PostgreSqlConnections.Settings(options, options.ListenConnectionString ?? options.ConnectionString);
        settings.Pooling = false;
        try
        {
            await using NpgsqlDataSource source = PostgreSqlConnections.Builder(settings).Build();
            await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellation);
            return await ListenAsync(connection, heard, ready, cancellation);
        }
        catch (NpgsqlException error)
        {
            StoreFailure failure = PostgreSqlErrors.Classify(error, isCommitting: false);
            return new(failure.Status, failure.Message);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException or TimeoutException)
        {
            return new(StoreStatus.Unavailable, error.Message);
        }
    }

    private async ValueTask<StoreResult<bool>> ListenAsync(
        NpgsqlConnection connection, Action<string> heard, Action ready, CancellationToken cancellation)
    {
        string test = Guid.NewGuid().ToString();
        bool isReady = false;
        connection.Notification += (_, told) => Take(told.Payload);
        await using (NpgsqlCommand listen = new(Listen, connection))
            await listen.ExecuteNonQueryAsync(cancellation);
        StoreResult<bool> sent = await SendAsync(TestKind, test, cancellation);
        if (!sent.IsDone)
            return sent;

        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(options.ListenTestTimeout);
        try
        {
            while (!isReady)
                await connection.WaitAsync(late.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(StoreStatus.Refused, Deaf());
        }

        while (true)
            await connection.WaitAsync(cancellation);

        void Take(string payload)
        {
            if (payload.Length == 0)
                return;
            if (payload[0] == MessageKind && isReady)
            {
                heard(payload[1..]);
            }
            else if (payload[0] == TestKind && !isReady && payload.AsSpan(1).SequenceEqual(test))
            {
                isReady = true;
                ready();
            }
        }
    }

    private string Deaf() =>
        "messages sent to this database do not come back over the connection that listens: a pooler of transactions (PgBouncer) stands "
        + "between, or it leads to another database. "
        + (options.ListenConnectionString is null
            ? "Set Store:ListenConnectionString to one that leads straight to the server"
            : "Store:ListenConnectionString must lead straight to the server of Store:ConnectionString");

    private async ValueTask<StoreResult<bool>> SendAsync(char kind, string text, CancellationToken cancellation)
    {
        try
        {
            await _sending.WaitAsync(cancellation);
        }
        catch (ObjectDisposedException closed)
        {
            return new(StoreStatus.Unavailable, closed.Message);
        }

        try
        {
            return await backend.ReadAsync<bool>(
                async session =>
                {
                    await using NpgsqlCommand command = new(Notify, (NpgsqlConnection)session.Connection);
                    command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind + text });
                    await command.ExecuteNonQueryAsync(cancellation);
                    return new(true);
                },
                cancellation);
        }
        finally
        {
            _sending.Release();
        }
    }
}
