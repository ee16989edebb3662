-- minimum reader: 1

-- Dynamic updates are refused while this is set. (The other tables of this version are for nodes that share a store; one file serves one node.)
ALTER TABLE zone ADD COLUMN frozen_at TEXT;

-- Outcomes are removed by their age, which a day of them must not be searched for.
CREATE INDEX commit_log_at ON commit_log (at);
