-- minimum reader: 1

-- Dynamic updates are refused while this is set; it holds for all nodes. A program of an earlier schema does not heed it.
ALTER TABLE zone ADD COLUMN frozen_at timestamptz;

-- One row per node name, rewritten by its heartbeats: no index but the key, so that a new version of a row stays on its page.
CREATE TABLE node (
    name           text PRIMARY KEY,
    incarnation    uuid NOT NULL,
    state          text NOT NULL,
    addresses      text[] NOT NULL,
    program        text NOT NULL,
    schema_version integer NOT NULL,
    zones          integer NOT NULL,
    updates        bigint NOT NULL,
    is_lagging     boolean NOT NULL,
    started_at     timestamptz NOT NULL,
    seen_at        timestamptz NOT NULL
) WITH (fillfactor = 50);

-- Grows in the transaction that changes what a topic stands for.
CREATE TABLE store_revision (
    topic    text PRIMARY KEY,
    revision bigint NOT NULL
);

INSERT INTO store_revision (topic, revision) VALUES ('zone-set', 0), ('keys', 0);

-- Outcomes are removed by their age, which a day of them must not be searched for.
CREATE INDEX commit_log_at ON commit_log (at);
