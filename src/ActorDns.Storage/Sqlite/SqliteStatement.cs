using System.Buffers;
using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ActorDns.Storage.Sqlite;

/// <summary>
/// One prepared statement of the append path. Values are bound in the order of its parameters, straight from the memory they lie in:
/// through ADO.NET the parameters of a row cost more than the row. SQLite copies what is bound.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int StackBytes = 512;
    private const int IdTextBytes = 36;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly string _sql;
    private int _bound;

    public SqliteStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        _sql = sql;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Binds the next parameter; null is NULL.</summary>
    public SqliteStatement Bind(long? value)
    {
        _bound++;
        Check(value is { } number ? raw.sqlite3_bind_int64(_statement, _bound, number) : raw.sqlite3_bind_null(_statement, _bound));
        return this;
    }

    /// <summary>Binds the next parameter as a blob.</summary>
    public SqliteStatement BindBlob(ReadOnlySpan<byte> value)
    {
        _bound++;
        Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_statement, _bound, 0) // An empty span has no address, and that would be NULL.
            : raw.sqlite3_bind_blob(_statement, _bound, value));
        return this;
    }

    /// <summary>Binds the next parameter as a blob; NULL when it is empty.</summary>
    public SqliteStatement BindBlobOrNull(ReadOnlySpan<byte> value) => value.IsEmpty ? Bind(null) : BindBlob(value);

    /// <summary>Binds the next parameter as text, given in UTF-8.</summary>
    public SqliteStatement BindText(ReadOnlySpan<byte> value)
    {
        _bound++;
        Check(value.IsEmpty
            ? raw.sqlite3_bind_text(_statement, _bound, "")
            : raw.sqlite3_bind_text(_statement, _bound, value));
        return this;
    }

    /// <summary>Binds the next parameter as text; null is NULL.</summary>
    public SqliteStatement BindText(string? value)
    {
        if (value is null)
            return Bind(null);
        int most = Encoding.UTF8.GetMaxByteCount(value.Length);
        byte[]? rented = most > StackBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> octets = rented ?? stackalloc byte[StackBytes];
        BindText(octets[..Encoding.UTF8.GetBytes(value, octets)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return this;
    }

    /// <summary>Binds the next parameter as a time of the store.</summary>
    public SqliteStatement BindTime(DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[SqliteTime.TextBytes];
        SqliteTime.Write(value, text);
        return BindText(text);
    }

    /// <summary>Binds the next parameter as a random id of the store.</summary>
    public SqliteStatement BindId(Guid value)
    {
        Span<byte> text = stackalloc byte[IdTextBytes];
        bool isWritten = value.TryFormat(text, out int length);
        Debug.Assert(isWritten && length == IdTextBytes);
        return BindText(text);
    }

    /// <summary>Runs a query; null when there is no row, else what <paramref name="read"/> makes of the first.</summary>
    public T? FirstRow<T>(Func<SqliteStatement, T> read)
        where T : struct
    {
        try
        {
            return Step() ? read(this) : null;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs a query and shows each of its rows.</summary>
    public void ForEachRow(Action<SqliteStatement> see)
    {
        try
        {
            while (Step())
                see(this);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs a query; true when there is a row.</summary>
    public bool HasRow() => FirstRow(static _ => true) is not null;

    /// <summary>
    /// Runs a statement that changes one row. Anything else contradicts what was checked before it, and ends the transaction.
    /// </summary>
    public void ChangeOne()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }

        int rows = raw.sqlite3_changes(_connection);
        if (rows != 1)
            throw new InvalidDataException($"a statement of the journal changed {rows} rows instead of one: {_sql}");
    }

    /// <summary>A number of the row.</summary>
    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A blob of the row; valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>A number of the row, or null.</summary>
    public long? NullableInt64(int column) =>
        raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? null : Int64(column);

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private bool Step()
    {
        int result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(result, _connection);
        return false;
    }

    // Its result repeats that of the step.
    private void Reset()
    {
        _bound = 0;
        _ = raw.sqlite3_reset(_statement);
    }

    private void Check(int result)
    {
        if (result == raw.SQLITE_OK)
            return;
        _bound = 0;
        SqliteException.ThrowExceptionForRC(result, _connection);
    }
}
