-- Applied at every start. A program opens a schema if it knows at least the largest minimum_reader in it.
CREATE TABLE IF NOT EXISTS schema_version (
    version        integer PRIMARY KEY,
    minimum_reader integer NOT NULL,
    applied_at     timestamptz NOT NULL
);
