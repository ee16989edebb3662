-- minimum reader: 1

CREATE TABLE added_zone (
    name      TEXT NOT NULL,
    class     TEXT NOT NULL,
    view      TEXT NOT NULL,
    statement TEXT NOT NULL,
    at        TEXT NOT NULL,
    PRIMARY KEY (view, class, name)
) WITHOUT ROWID;

CREATE TABLE refusal (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    at        TEXT NOT NULL,
    node      TEXT NOT NULL,
    operation TEXT NOT NULL,
    zone      TEXT NOT NULL,
    peer      TEXT NOT NULL,
    key_name  TEXT,
    answer    TEXT NOT NULL,
    rule      TEXT NOT NULL,
    content   TEXT NOT NULL
);

CREATE TABLE lease (
    name       TEXT PRIMARY KEY,
    holder     TEXT NOT NULL,
    token      INTEGER NOT NULL,
    held_until TEXT NOT NULL
) WITHOUT ROWID;
