using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using ActorDns.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace ActorDns.Storage.Sqlite;

/// <summary>One connection that writes, one user at a time, and any number that read.</summary>
internal sealed class SqliteBackend(SqliteStoreOptions options, TimeProvider clock) : SqlBackend
{
    private const int IdleReaders = 4;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentBag<SqliteConnection> _readers = [];
    private SqliteConnection? _writer;
    private SqliteStatements? _statements;
    private bool _isDisposed;

    public override string Dialect => "Sqlite";

    public override string PositionFunction => "instr";

    public override string CountSchemaTable => "SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'";

    public override string? MigrationLock => null;

    public override string RowLock => "";

    public override string SkipLocked => "";

    public override string RequestRow => "id";

    public override bool IsShared => false;

    public override object TimeParameter(DateTimeOffset time) => SqliteTime.ToText(time);

    public override DateTimeOffset ReadTime(DbDataReader row, int column) =>
        SqliteTime.TryParse(row.GetString(column), out DateTimeOffset time)
            ? time
            : throw new InvalidDataException($"the store holds an unreadable time '{row.GetString(column)}'");

    public override object IdParameter(Guid id) => id.ToString("D");

    public override ValueTask<DateTimeOffset> ReadClockAsync(SqlSession session) => ValueTask.FromResult(clock.GetUtcNow());

    /// <summary>The statements of an append, for whoever has the writing connection.</summary>
    public SqliteStatements StatementsOf(SqliteConnection writer)
    {
        Debug.Assert(writer == _writer);
        return _statements ??= new SqliteStatements(writer.Handle!);
    }

    public override async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync();
        try
        {
            _isDisposed = true;
            CloseWriter();
            while (_readers.TryTake(out SqliteConnection? reader))
                await reader.DisposeAsync();
        }
        finally
        {
            _writing.Release();
        }
    }

    protected override async ValueTask<DbConnection> RentAsync(bool forWriting, CancellationToken cancellation)
    {
        if (!forWriting)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _readers.TryTake(out SqliteConnection? idle) ? idle : Open(forWriting: false);
        }

        await _writing.WaitAsync(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _writer ??= Open(forWriting: true);
        }
        catch
        {
            _writing.Release();
            throw;
        }
    }

    protected override async ValueTask ReturnAsync(DbConnection connection, bool forWriting, bool isSound)
    {
        if (forWriting)
        {
            // After any failure the next write starts on a new connection: no transaction, no statement and no error is carried over.
            if (!isSound)
                CloseWriter();
            _writing.Release();
        }
        else if (isSound && !_isDisposed && _readers.Count < IdleReaders)
        {
            _readers.Add((SqliteConnection)connection);
        }
        else
        {
            await connection.DisposeAsync();
        }
    }

    protected override async ValueTask<string?> CommitAsync(DbConnection connection, DbTransaction transaction)
    {
        await transaction.CommitAsync(CancellationToken.None);
        return null;
    }

    protected override StoreFailure Classify(DbException error, bool isCommitting) =>
        SqliteErrors.Classify((SqliteException)error, isCommitting);

    private SqliteConnection Open(bool forWriting)
    {
        if (forWriting && !File.Exists(options.Path))
            CreateFile();
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = options.Path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = (int)Math.Ceiling(options.BusyTimeout.TotalSeconds),
        }.ToString());
        try
        {
            connection.Open();
            using SqliteCommand setUp = connection.CreateCommand();
            setUp.CommandText = forWriting ? WriterSettings() : string.Create(
                CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {BusyTimeoutMilliseconds}; PRAGMA query_only = 1");
            setUp.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private long BusyTimeoutMilliseconds => (long)options.BusyTimeout.TotalMilliseconds;

    private string WriterSettings() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        PRAGMA busy_timeout = {BusyTimeoutMilliseconds};
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA max_page_count = {options.MaxPageCount ?? uint.MaxValue - 1};
        """);

    private void CreateFile()
    {
        // Its companions, -wal and -shm, inherit the mode.
        FileStreamOptions create = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(options.Path, create).Dispose();
    }

    private void CloseWriter()
    {
        _statements?.Dispose(); // First: a connection with statements stays open behind its back.
        _statements = null;
        _writer?.Dispose();
        _writer = null;
    }
}
