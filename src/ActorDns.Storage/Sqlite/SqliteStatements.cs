using SQLitePCL;

namespace ActorDns.Storage.Sqlite;

/// <summary>The statements of an append, prepared once for a connection; each says in which order its values are bound.</summary>
internal sealed class SqliteStatements(sqlite3 connection) : IDisposable
{
    public SqliteStatement IsEpoch { get; } = new(connection, "SELECT 1 FROM store WHERE epoch = ?");

    public SqliteStatement Head { get; } =
        new(connection, "SELECT id, version, serial, frozen_at IS NOT NULL FROM zone WHERE id = ? AND removed_at IS NULL");

    public SqliteStatement Lease { get; } = new(connection, "SELECT 1 FROM lease WHERE name = ? AND token = ?");

    public SqliteStatement FindRequest { get; } =
        new(connection, "SELECT rcode FROM request WHERE keep_until = ? AND key_name = ? AND mac = ?");

    public SqliteStatement RequestsOfSecond { get; } = new(connection, "SELECT mac FROM request WHERE keep_until = ?");

    /// <summary>Changes when another connection has written.</summary>
    public SqliteStatement DataVersion { get; } = new(connection, "PRAGMA data_version");

    public SqliteStatement MoveHead { get; } =
        new(connection, "UPDATE zone SET version = ?, serial = ? WHERE id = ? AND version = ?");

    public SqliteStatement AddEntry { get; } = new(
        connection,
        """
        INSERT INTO journal (zone_id, version, serial_from, serial_to, origin, key_name, peer, node, at, commit_id, message_id,
            mac_digest, is_baseline, wire, diff)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    public SqliteStatement AddRequest { get; } =
        new(connection, "INSERT INTO request (keep_until, key_name, mac, rcode) VALUES (?, ?, ?, ?)");

    public SqliteStatement AddCommit { get; } =
        new(connection, "INSERT INTO commit_log (commit_id, zone_id, version, serial, at) VALUES (?, ?, ?, ?, ?)");

    public SqliteStatement SetImport { get; } =
        new(connection, "UPDATE zone SET imported_hash = ?, imported_serial = ? WHERE id = ?");

    public SqliteStatement FindCheckpoint { get; } =
        new(connection, "SELECT 1 FROM checkpoint WHERE id = ? AND zone_id = ? AND version = ? AND serial = ?");

    public SqliteStatement CompleteCheckpoint { get; } = new(connection, "UPDATE checkpoint SET completed_at = ? WHERE id = ?");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SqliteStatement statement in (SqliteStatement[])
            [
                IsEpoch, Head, Lease, FindRequest, RequestsOfSecond, DataVersion, MoveHead, AddEntry, AddRequest, AddCommit, SetImport,
                FindCheckpoint, CompleteCheckpoint,
            ])
        {
            statement.Dispose();
        }
    }
}
