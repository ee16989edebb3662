namespace ActorDns.Storage.PostgreSql;

/// <summary>The statements of an append. Each runs once per group, whatever the group holds.</summary>
internal static class PostgreSqlStatements
{
    /// <summary>
    /// Takes the heads in the order of their ids, so that two nodes never wait for each other crosswise. $1: zone ids.
    /// </summary>
    public const string LockHeads = """
        SELECT id FROM zone WHERE id = ANY($1) ORDER BY id FOR UPDATE
        """;

    /// <summary>Keeps the leases as they are until the transaction ends. $1: names.</summary>
    public const string LockLeases = """
        SELECT name FROM lease WHERE name = ANY($1) ORDER BY name FOR SHARE
        """;

    /// <summary>Keeps staged checkpoints from being swept. $1: their ids.</summary>
    public const string LockCheckpoints = """
        SELECT id FROM checkpoint WHERE id = ANY($1) ORDER BY id FOR UPDATE
        """;

    public const string Epoch = "SELECT epoch FROM store";

    /// <summary>$1: place of the zone, $2: place of the entry, $3: times, $4: key names, $5: MACs.</summary>
    public const string FindRequests = """
        SELECT f.zone_at, f.entry_at, r.rcode
        FROM unnest($1, $2, $3, $4, $5) AS f (zone_at, entry_at, keep_until, key_name, mac)
        JOIN request r ON r.keep_until = f.keep_until AND r.key_name = f.key_name AND r.mac = f.mac
        ORDER BY f.zone_at, f.entry_at
        """;

    /// <summary>
    /// Decides about every zone and writes those that win. $1..$9 and $30 describe the zones, $10..$23 the entries, $24..$28
    /// the requests; $29 is the commit id. A statement sees what was committed before it began, and the heads are locked: what it
    /// decides stays true.
    /// </summary>
    public const string Append = """
        WITH wanted AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $30)
                AS w (zone_id, expected, entries, serial, lease, token, hash, file_serial, checkpoint, is_edit)
        ), asked AS (
            SELECT * FROM unnest($24, $25, $26, $27, $28) AS a (zone_id, key_name, mac, rcode, keep_until)
        ), decided AS (
            SELECT w.*, z.version AS old_version, z.serial AS old_serial, CASE
                WHEN z.removed_at IS NOT NULL THEN 'gone'
                WHEN z.version <> w.expected THEN 'lost'
                WHEN w.lease IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM lease l WHERE l.name = w.lease AND l.token = w.token) THEN 'fenced'
                WHEN w.checkpoint IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM checkpoint c WHERE c.id = w.checkpoint AND c.zone_id = w.zone_id
                        AND c.version = w.expected + w.entries AND c.serial = w.serial) THEN 'not staged'
                WHEN EXISTS (
                    SELECT 1 FROM asked a
                    JOIN request r ON r.keep_until = a.keep_until AND r.key_name = a.key_name AND r.mac = a.mac
                    WHERE a.zone_id = w.zone_id) THEN 'duplicate'
                WHEN w.is_edit AND z.frozen_at IS NOT NULL THEN 'frozen'
                ELSE 'won' END AS outcome
            FROM wanted w JOIN zone z ON z.id = w.zone_id
        ), won AS (
            UPDATE zone z SET version = d.expected + d.entries, serial = d.serial,
                imported_hash = COALESCE(d.hash, z.imported_hash), imported_serial = COALESCE(d.file_serial, z.imported_serial)
            FROM decided d WHERE z.id = d.zone_id AND d.outcome = 'won' AND z.version = d.expected
            RETURNING z.id, z.version, z.serial, d.checkpoint
        ), written AS (
            INSERT INTO journal (zone_id, version, serial_from, serial_to, origin, key_name, peer, node, at, commit_id, message_id,
                mac_digest, is_baseline, wire, diff)
            SELECT e.zone_id, e.version, e.serial_from, e.serial_to, e.origin, e.key_name, e.peer, e.node, e.at, $29, e.message_id,
                e.mac_digest, e.is_baseline, e.wire, e.diff
            FROM unnest($10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
                AS e (zone_id, version, serial_from, serial_to, origin, key_name, peer, node, at, message_id, mac_digest, is_baseline, wire,
                    diff)
            JOIN won ON won.id = e.zone_id
        ), remembered AS (
            INSERT INTO request (key_name, mac, rcode, keep_until)
            SELECT a.key_name, a.mac, a.rcode, a.keep_until FROM asked a JOIN won ON won.id = a.zone_id
        ), logged AS (
            INSERT INTO commit_log (commit_id, zone_id, version, serial, at)
            SELECT $29, won.id, won.version, won.serial, clock_timestamp() FROM won
        ), completed AS (
            UPDATE checkpoint c SET completed_at = clock_timestamp() FROM won WHERE c.id = won.checkpoint
        )
        SELECT d.zone_id, COALESCE(won.version, d.old_version), COALESCE(won.serial, d.old_serial), d.outcome
        FROM decided d LEFT JOIN won ON won.id = d.zone_id
        """;
}
