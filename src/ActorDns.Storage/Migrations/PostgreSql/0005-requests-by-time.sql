-- minimum reader: 1
-- A copy of a request has its time too: with the time in front, rows are added at one end of the index and removed at the other. By the MAC
-- alone, which is as good as random, every request would touch a page of its own.
ALTER TABLE request DROP CONSTRAINT request_pkey;

ALTER TABLE request ADD PRIMARY KEY (keep_until, key_name, mac);
