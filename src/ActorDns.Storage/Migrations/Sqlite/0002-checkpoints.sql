-- minimum reader: 1

CREATE TABLE checkpoint (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    zone_id      INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    serial       INTEGER NOT NULL,
    epoch        TEXT NOT NULL,
    chunks       INTEGER NOT NULL DEFAULT 0,
    staged_at    TEXT NOT NULL,
    completed_at TEXT
);

CREATE INDEX checkpoint_zone ON checkpoint (zone_id, version);

CREATE TABLE checkpoint_chunk (
    checkpoint_id INTEGER NOT NULL,
    chunk         INTEGER NOT NULL,
    sha256        BLOB NOT NULL,
    content       BLOB NOT NULL,
    PRIMARY KEY (checkpoint_id, chunk)
);

ALTER TABLE zone ADD COLUMN imported_hash BLOB;
ALTER TABLE zone ADD COLUMN imported_serial INTEGER;
