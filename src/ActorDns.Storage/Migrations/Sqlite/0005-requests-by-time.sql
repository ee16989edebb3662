-- minimum reader: 1
-- A copy of a request has its time too: with the time in front, rows are added at one end and removed at the other. By the MAC alone, which is
-- as good as random, every request would touch a page of its own.
CREATE TABLE request_by_time (
    keep_until TEXT NOT NULL,
    key_name   TEXT NOT NULL,
    mac        BLOB NOT NULL,
    rcode      INTEGER NOT NULL,
    PRIMARY KEY (keep_until, key_name, mac)
) WITHOUT ROWID;

INSERT INTO request_by_time (keep_until, key_name, mac, rcode) SELECT keep_until, key_name, mac, rcode FROM request;

DROP TABLE request;

ALTER TABLE request_by_time RENAME TO request;
