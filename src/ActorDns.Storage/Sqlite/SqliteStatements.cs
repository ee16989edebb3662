using Microsoft.Data.Sqlite;

namespace ActorDns.Storage.Sqlite;

/// <summary>The statements of an append, prepared once for a connection; the values are set by position.</summary>
internal sealed class SqliteStatements(SqliteConnection connection)
{
    private readonly List<SqliteCommand> _all = [];

    public SqliteConnection Connection => connection;

    public SqliteCommand Epoch { get; private set; } = null!;

    public SqliteCommand Head { get; private set; } = null!;

    public SqliteCommand Lease { get; private set; } = null!;

    public SqliteCommand FindRequest { get; private set; } = null!;

    public SqliteCommand MoveHead { get; private set; } = null!;

    public SqliteCommand AddEntry { get; private set; } = null!;

    public SqliteCommand AddRequest { get; private set; } = null!;

    public SqliteCommand AddCommit { get; private set; } = null!;

    public SqliteCommand SetImport { get; private set; } = null!;

    public SqliteCommand FindCheckpoint { get; private set; } = null!;

    public SqliteCommand CompleteCheckpoint { get; private set; } = null!;

    /// <summary>Makes the statements run in this transaction; prepares them when they are not.</summary>
    public void Enter(SqliteTransaction transaction)
    {
        if (_all.Count == 0)
            Prepare(transaction);
        foreach (SqliteCommand command in _all)
            command.Transaction = transaction;
    }

    /// <summary>Sets the values of a statement in the order of its parameters.</summary>
    public static SqliteCommand With(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (int at = 0; at < values.Length; at++)
            command.Parameters[at].Value = values[at] ?? DBNull.Value;
        return command;
    }

    private void Prepare(SqliteTransaction transaction)
    {
        Epoch = Add(transaction, "SELECT epoch FROM store");
        Head = Add(transaction, "SELECT id, version, serial, removed_at FROM zone WHERE id = @id");
        Lease = Add(transaction, "SELECT 1 FROM lease WHERE name = @name AND token = @token");
        FindRequest = Add(transaction, "SELECT rcode FROM request WHERE keep_until = @until AND key_name = @key AND mac = @mac");
        MoveHead = Add(
            transaction, "UPDATE zone SET version = @version, serial = @serial WHERE id = @id AND version = @expected");
        AddEntry = Add(
            transaction,
            """
            INSERT INTO journal (zone_id, version, serial_from, serial_to, origin, key_name, peer, node, at, commit_id, message_id,
                mac_digest, is_baseline, wire, diff)
            VALUES (@zone, @version, @from, @to, @origin, @key, @peer, @node, @at, @commit, @message, @mac, @baseline, @wire, @diff)
            """);
        AddRequest = Add(transaction, "INSERT INTO request (key_name, mac, rcode, keep_until) VALUES (@key, @mac, @rcode, @until)");
        AddCommit = Add(
            transaction,
            "INSERT INTO commit_log (commit_id, zone_id, version, serial, at) VALUES (@commit, @zone, @version, @serial, @at)");
        SetImport = Add(transaction, "UPDATE zone SET imported_hash = @hash, imported_serial = @serial WHERE id = @id");
        FindCheckpoint = Add(
            transaction,
            "SELECT 1 FROM checkpoint WHERE id = @id AND zone_id = @zone AND version = @version AND serial = @serial");
        CompleteCheckpoint = Add(transaction, "UPDATE checkpoint SET completed_at = @now WHERE id = @id");
    }

    private SqliteCommand Add(SqliteTransaction transaction, string sql)
    {
        SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant above.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = transaction;
        foreach (string name in sql.Split(['(', ')', ',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(word => word[0] == '@'))
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        command.Prepare();
        _all.Add(command);
        return command;
    }
}
