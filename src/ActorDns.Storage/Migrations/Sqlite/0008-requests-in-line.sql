-- minimum reader: 1
-- In the order of arrival: the requests of one second have nothing else to be sorted by but their MACs, which are as good as random, and under
-- load a second's requests fill hundreds of pages. Which of a second's requests are here is known in memory.
CREATE TABLE request_in_line (
    id         INTEGER PRIMARY KEY,
    keep_until TEXT NOT NULL,
    key_name   TEXT NOT NULL,
    mac        BLOB NOT NULL,
    rcode      INTEGER NOT NULL
);

INSERT INTO request_in_line (keep_until, key_name, mac, rcode) SELECT keep_until, key_name, mac, rcode FROM request ORDER BY keep_until;

DROP TABLE request;

ALTER TABLE request_in_line RENAME TO request;

CREATE INDEX request_until ON request (keep_until);
