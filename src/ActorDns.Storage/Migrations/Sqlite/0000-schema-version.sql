-- Applied at every start. A program opens a schema if it knows at least the largest minimum_reader in it.
CREATE TABLE IF NOT EXISTS schema_version (
    version        INTEGER PRIMARY KEY,
    minimum_reader INTEGER NOT NULL,
    applied_at     TEXT NOT NULL
);
