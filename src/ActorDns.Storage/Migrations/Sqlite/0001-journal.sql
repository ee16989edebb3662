-- minimum reader: 1
-- Times are UTC text, 2026-01-31T09:14:03.123456Z, which sorts as it reads. Random ids are lower-case UUID text.

CREATE TABLE store (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    epoch    TEXT NOT NULL,
    made_at  TEXT NOT NULL
);

INSERT INTO store (only_row, epoch, made_at)
SELECT 1,
       substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-4' || substr(h, 14, 3) || '-a' || substr(h, 18, 3) || '-' || substr(h, 21, 12),
       strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')
FROM (SELECT lower(hex(randomblob(16))) AS h);

-- AUTOINCREMENT: the id of a removed zone never comes back.
CREATE TABLE zone (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    class      TEXT NOT NULL,
    view       TEXT NOT NULL,
    version    INTEGER NOT NULL DEFAULT 0,
    serial     INTEGER,
    made_at    TEXT NOT NULL,
    removed_at TEXT
);

CREATE UNIQUE INDEX zone_key ON zone (name, class, view) WHERE removed_at IS NULL;

CREATE TABLE journal (
    zone_id     INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    serial_from INTEGER,
    serial_to   INTEGER NOT NULL,
    origin      TEXT NOT NULL,
    key_name    TEXT,
    peer        TEXT,
    node        TEXT NOT NULL,
    at          TEXT NOT NULL,
    commit_id   TEXT NOT NULL,
    message_id  INTEGER,
    mac_digest  BLOB,
    is_baseline INTEGER NOT NULL,
    wire        BLOB NOT NULL,
    diff        TEXT NOT NULL,
    PRIMARY KEY (zone_id, version)
);

CREATE INDEX journal_serial ON journal (zone_id, serial_from);
CREATE INDEX journal_at ON journal (at);
CREATE INDEX journal_baseline ON journal (zone_id, version) WHERE is_baseline = 1;

CREATE TABLE request (
    key_name   TEXT NOT NULL,
    mac        BLOB NOT NULL,
    rcode      INTEGER NOT NULL,
    keep_until TEXT NOT NULL,
    PRIMARY KEY (key_name, mac)
) WITHOUT ROWID;

CREATE TABLE commit_log (
    commit_id TEXT NOT NULL,
    zone_id   INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    serial    INTEGER NOT NULL,
    at        TEXT NOT NULL,
    PRIMARY KEY (commit_id, zone_id)
) WITHOUT ROWID;

CREATE VIEW change_log AS
SELECT j.at, z.name AS zone, z.class, z.view, j.version, j.serial_from, j.serial_to, j.origin, j.key_name, j.peer, j.node,
       j.commit_id, j.message_id, lower(hex(j.mac_digest)) AS mac_digest, j.diff
FROM journal j JOIN zone z ON z.id = j.zone_id;
