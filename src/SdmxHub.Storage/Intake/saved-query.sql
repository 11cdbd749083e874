-- Saved queries: what somebody asks again and again, under a name. Instants are microseconds since 1970-01-01 UTC.
CREATE TABLE IF NOT EXISTS saved_query (
  name TEXT PRIMARY KEY,
  path TEXT NOT NULL,               -- from /sdmx/v1/data or /sdmx/v2/data on, as it was sent
  title TEXT,
  description TEXT,
  owner TEXT NOT NULL,              -- the name of the key that saved it first
  saved_us INTEGER NOT NULL         -- when it was saved as it is
) WITHOUT ROWID;
