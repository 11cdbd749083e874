-- Submissions: what was sent, by whom, and what became of it. The files lie in the folder 'files', named by their SHA-256.
CREATE TABLE IF NOT EXISTS submission (
  submission_id INTEGER PRIMARY KEY AUTOINCREMENT,
  mode TEXT NOT NULL,               -- check, draft, publish
  draft_id INTEGER REFERENCES draft,
  state TEXT NOT NULL,              -- received, checking, then one of checked, refused, staged, published, withdrawn, cancelled, failed
  actor TEXT NOT NULL,
  file_name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  idempotency_key TEXT,
  options TEXT NOT NULL,            -- JSON: what the sender asked for
  received_us INTEGER NOT NULL,
  ended_us INTEGER,
  base_tx INTEGER,                  -- staged: the store's revision it was checked against
  revision INTEGER,                 -- published: the revision that holds it
  summary TEXT                      -- JSON: counts, and a sentence for a person
);
CREATE INDEX IF NOT EXISTS submission_draft ON submission (draft_id, submission_id);
CREATE UNIQUE INDEX IF NOT EXISTS submission_key ON submission (actor, idempotency_key) WHERE idempotency_key IS NOT NULL;
