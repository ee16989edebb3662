-- minimum reader: 1

CREATE TABLE checkpoint (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    zone_id      bigint NOT NULL,
    version      bigint NOT NULL,
    serial       bigint NOT NULL,
    epoch        uuid NOT NULL,
    chunks       integer NOT NULL DEFAULT 0,
    staged_at    timestamptz NOT NULL,
    completed_at timestamptz
);

CREATE INDEX checkpoint_zone ON checkpoint (zone_id, version);

CREATE TABLE checkpoint_chunk (
    checkpoint_id bigint NOT NULL,
    chunk         integer NOT NULL,
    sha256        bytea NOT NULL,
    content       bytea NOT NULL,
    PRIMARY KEY (checkpoint_id, chunk)
);

ALTER TABLE zone ADD COLUMN imported_hash bytea;
ALTER TABLE zone ADD COLUMN imported_serial bigint;
