-- API keys: never the key itself, only its hash. Instants are microseconds since 1970-01-01 UTC.
CREATE TABLE IF NOT EXISTS api_key (
  key_id TEXT PRIMARY KEY,          -- the public part of the key, by which it is found and named
  hash BLOB NOT NULL,               -- SHA-256 of the secret part: 256 random bits need no slow hash
  name TEXT NOT NULL,               -- whose it is, for people and logs
  role INTEGER NOT NULL,            -- 0 reader, 1 provider, 2 reviewer, 3 administrator
  scopes TEXT NOT NULL,             -- as Scopes writes them
  created_us INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  expires_us INTEGER,
  revoked_us INTEGER,
  last_used_us INTEGER
) WITHOUT ROWID;
-- The token that makes the first administrator: at most one, gone when it is used.
CREATE TABLE IF NOT EXISTS first_token (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  hash BLOB NOT NULL,               -- SHA-256
  expires_us INTEGER NOT NULL
);
