-- minimum reader: 1

CREATE TABLE added_zone (
    name      text NOT NULL,
    class     text NOT NULL,
    view      text NOT NULL,
    statement text NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (view, class, name)
);

CREATE TABLE refusal (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        timestamptz NOT NULL,
    node      text NOT NULL,
    operation text NOT NULL,
    zone      text NOT NULL,
    peer      text NOT NULL,
    key_name  text,
    answer    text NOT NULL,
    rule      text NOT NULL,
    content   text NOT NULL
);

CREATE TABLE lease (
    name       text PRIMARY KEY,
    holder     text NOT NULL,
    token      bigint NOT NULL,
    held_until timestamptz NOT NULL
);
