-- minimum reader: 1

CREATE TABLE store (
    only_row integer PRIMARY KEY CHECK (only_row = 1),
    epoch    uuid NOT NULL,
    made_at  timestamptz NOT NULL
);

INSERT INTO store (only_row, epoch, made_at) VALUES (1, gen_random_uuid(), clock_timestamp());

CREATE TABLE zone (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL,
    class      text NOT NULL,
    view       text NOT NULL,
    version    bigint NOT NULL DEFAULT 0,
    serial     bigint,
    made_at    timestamptz NOT NULL,
    removed_at timestamptz
) WITH (fillfactor = 50);

CREATE UNIQUE INDEX zone_key ON zone (name, class, view) WHERE removed_at IS NULL;

-- xact orders the feed of changes: a reader stops at pg_snapshot_xmin(pg_current_snapshot()), below which nothing is still to come.
CREATE TABLE journal (
    zone_id     bigint NOT NULL,
    version     bigint NOT NULL,
    serial_from bigint,
    serial_to   bigint NOT NULL,
    origin      text NOT NULL,
    key_name    text,
    peer        text,
    node        text NOT NULL,
    at          timestamptz NOT NULL,
    commit_id   uuid NOT NULL,
    message_id  integer,
    mac_digest  bytea,
    is_baseline integer NOT NULL,
    wire        bytea NOT NULL,
    diff        text NOT NULL,
    xact        xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (zone_id, version)
);

CREATE INDEX journal_serial ON journal (zone_id, serial_from);
CREATE INDEX journal_at ON journal (at);
CREATE INDEX journal_xact ON journal (xact);
CREATE INDEX journal_baseline ON journal (zone_id, version) WHERE is_baseline = 1;

CREATE TABLE request (
    key_name   text NOT NULL,
    mac        bytea NOT NULL,
    rcode      integer NOT NULL,
    keep_until timestamptz NOT NULL,
    PRIMARY KEY (key_name, mac)
);

CREATE TABLE commit_log (
    commit_id uuid NOT NULL,
    zone_id   bigint NOT NULL,
    version   bigint NOT NULL,
    serial    bigint NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (commit_id, zone_id)
);

CREATE VIEW change_log AS
SELECT j.at, z.name AS zone, z.class, z.view, j.version, j.serial_from, j.serial_to, j.origin, j.key_name, j.peer, j.node,
       j.commit_id, j.message_id, encode(j.mac_digest, 'hex') AS mac_digest, j.diff
FROM journal j JOIN zone z ON z.id = j.zone_id;
