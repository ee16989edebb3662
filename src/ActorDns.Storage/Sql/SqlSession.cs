using System.Data.Common;

namespace ActorDns.Storage.Sql;

/// <summary>A connection in use, with the transaction on it if there is one.</summary>
internal readonly record struct SqlSession(
    SqlBackend Backend, DbConnection Connection, DbTransaction? Transaction, CancellationToken Cancellation)
{
    /// <summary>A command whose values are passed apart from its text.</summary>
    public DbCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        DbCommand command = Connection.CreateCommand();
#pragma warning disable CA2100 // The text is always a constant of this project, at most with names of functions put in.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = Transaction;
        foreach ((string name, object? value) in values)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = $"@{name}"; // Without its sign SQLite is asked for it once for each sign that there is.
            parameter.Value = ToParameter(value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public async ValueTask<int> ExecuteAsync(string sql, params (string Name, object? Value)[] values)
    {
        await using DbCommand command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>The first value of the first row, or default when there is no row or no value.</summary>
    public async ValueTask<T?> ScalarAsync<T>(string sql, params (string Name, object? Value)[] values)
    {
        await using DbCommand command = Command(sql, values);
        await using DbDataReader row = await command.ExecuteReaderAsync(Cancellation);
        return await row.ReadAsync(Cancellation) && !row.IsDBNull(0) ? row.GetFieldValue<T>(0) : default;
    }

    public async ValueTask<List<T>> ListAsync<T>(
        string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] values)
    {
        await using DbCommand command = Command(sql, values);
        await using DbDataReader row = await command.ExecuteReaderAsync(Cancellation);
        List<T> all = [];
        while (await row.ReadAsync(Cancellation))
            all.Add(read(row));
        return all;
    }

    public ValueTask<DateTimeOffset> ReadClockAsync() => Backend.ReadClockAsync(this);

    private object ToParameter(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset time => Backend.TimeParameter(time),
        Guid id => Backend.IdParameter(id),
        ReadOnlyMemory<byte> bytes => bytes.ToArray(),
        _ => value,
    };
}
