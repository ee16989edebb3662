-- minimum reader: 1

-- The version counts the writes of keys; who has confirmed one verifies with every key up to it.
CREATE TABLE key_registry (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    version  INTEGER NOT NULL
);

INSERT INTO key_registry (only_row, version) VALUES (1, 0);

-- sealed is AES-GCM under the cluster secret, which is not in this database; empty when the key has ended.
CREATE TABLE registered_key (
    kind            TEXT NOT NULL,
    line            TEXT NOT NULL,
    generation      INTEGER NOT NULL,
    name            TEXT NOT NULL,
    algorithm       TEXT NOT NULL,
    sealed          BLOB NOT NULL,
    state           TEXT NOT NULL,
    created_at      TEXT NOT NULL,
    activated_at    TEXT,
    retiring_at     TEXT,
    ended_at        TEXT,
    predecessor     INTEGER,
    is_held         INTEGER NOT NULL,
    every_seconds   INTEGER,
    overlap_seconds INTEGER NOT NULL,
    peers           TEXT NOT NULL,
    row_version     INTEGER NOT NULL,
    ring_version    INTEGER NOT NULL,
    PRIMARY KEY (kind, line, generation)
) WITHOUT ROWID;

CREATE TABLE key_confirmation (
    node    TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    at      TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE key_use (
    line         TEXT NOT NULL,
    generation   INTEGER NOT NULL,
    peer         TEXT NOT NULL,
    node         TEXT NOT NULL,
    operation    TEXT NOT NULL,
    last_used_at TEXT NOT NULL,
    uses         INTEGER NOT NULL,
    PRIMARY KEY (line, generation, peer, node, operation)
) WITHOUT ROWID;
