-- Drafts: named lists of submissions that are published together. Instants are microseconds since 1970-01-01 UTC.
CREATE TABLE IF NOT EXISTS draft (
  draft_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  owner TEXT NOT NULL,
  state TEXT NOT NULL,              -- open, published, dropped
  created_us INTEGER NOT NULL,
  publish_at_us INTEGER,            -- null: when somebody says so
  ended_us INTEGER,
  release TEXT                      -- the release it became
);
CREATE UNIQUE INDEX IF NOT EXISTS draft_open ON draft (name) WHERE state = 'open';
