-- minimum reader: 1

-- The version counts the writes of keys; who has confirmed one verifies with every key up to it.
CREATE TABLE key_registry (
    only_row integer PRIMARY KEY CHECK (only_row = 1),
    version  bigint NOT NULL
);

INSERT INTO key_registry (only_row, version) VALUES (1, 0);

-- sealed is AES-GCM under the cluster secret, which is not in this database; empty when the key has ended.
CREATE TABLE registered_key (
    kind            text NOT NULL,
    line            text NOT NULL,
    generation      integer NOT NULL,
    name            text NOT NULL,
    algorithm       text NOT NULL,
    sealed          bytea NOT NULL,
    state           text NOT NULL,
    created_at      timestamptz NOT NULL,
    activated_at    timestamptz,
    retiring_at     timestamptz,
    ended_at        timestamptz,
    predecessor     integer,
    is_held         integer NOT NULL,
    every_seconds   bigint,
    overlap_seconds bigint NOT NULL,
    peers           text NOT NULL,
    row_version     bigint NOT NULL,
    ring_version    bigint NOT NULL,
    PRIMARY KEY (kind, line, generation)
);

CREATE TABLE key_confirmation (
    node    text PRIMARY KEY,
    version bigint NOT NULL,
    at      timestamptz NOT NULL
);

CREATE TABLE key_use (
    line         text NOT NULL,
    generation   integer NOT NULL,
    peer         text NOT NULL,
    node         text NOT NULL,
    operation    text NOT NULL,
    last_used_at timestamptz NOT NULL,
    uses         bigint NOT NULL,
    PRIMARY KEY (line, generation, peer, node, operation)
);
