-- Drafts: named lists of submissions that are published together. Instants are microseconds since 1970-01-01 UTC.
CREATE TABLE IF NOT EXISTS draft (
  draft_id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  owner TEXT NOT NULL,
  state TEXT NOT NULL,              -- open, published, dropped
  base_tx INTEGER,                  -- the store's revision that the preview is a copy of; null: there is no preview yet
  preview TEXT,                     -- the preview's file, in the folder previews
  created_us INTEGER NOT NULL,
  publish_at_us INTEGER,            -- null: when somebody says so
  ended_us INTEGER,
  release TEXT                      -- what it is published as
);
CREATE UNIQUE INDEX IF NOT EXISTS draft_open ON draft (name) WHERE state = 'open';
CREATE TABLE IF NOT EXISTS staged (
  draft_id INTEGER NOT NULL REFERENCES draft,
  seq INTEGER NOT NULL,             -- the order in which they are published, from 1
  submission_id INTEGER,
  actor TEXT NOT NULL,
  file_name TEXT NOT NULL,          -- what the sender calls the file, the first of several
  files TEXT NOT NULL,              -- JSON: the messages, in the folder of the intake
  agreement TEXT,                   -- the provision agreement that the sender named
  scopes TEXT NOT NULL,             -- what the sender's key allowed
  embargo_us INTEGER,               -- not to be published before
  base_tx INTEGER NOT NULL,         -- the store's revision that it was checked against
  revision INTEGER NOT NULL,        -- the preview's revision with it: that of the one before when it changes nothing
  staged_us INTEGER NOT NULL,
  PRIMARY KEY (draft_id, seq)
) WITHOUT ROWID;
