-- minimum reader: 1
-- For SQLite alone, which writes whole pages: there the requests lie in the order of their arrival from now on. Here they do already.
SELECT 1;
