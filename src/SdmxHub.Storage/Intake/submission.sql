-- Submissions: what was sent, by whom, and what became of it. The files lie in the folder 'files', named by their SHA-256; the findings in 'reports'.
CREATE TABLE IF NOT EXISTS submission (
  submission_id INTEGER PRIMARY KEY AUTOINCREMENT,
  mode TEXT NOT NULL,               -- check, draft, publish
  draft_id INTEGER REFERENCES draft,
  state TEXT NOT NULL,              -- received, checking, then one of checked, refused, staged, published, withdrawn, cancelled, failed
  actor TEXT NOT NULL,
  idempotency_key TEXT,
  fingerprint TEXT NOT NULL,        -- of the bytes and what was asked for: the same again is the same submission
  options TEXT NOT NULL,            -- JSON: what the sender asked for
  files TEXT NOT NULL,              -- JSON: the messages, and what came of each
  received_us INTEGER NOT NULL,
  ended_us INTEGER,
  base_tx INTEGER,                  -- checked, staged: the store's revision it was checked against
  revision INTEGER,                 -- published: the revision that holds it
  summary TEXT                      -- JSON: a sentence for a person, and counts
);
CREATE INDEX IF NOT EXISTS submission_draft ON submission (draft_id, submission_id);
CREATE INDEX IF NOT EXISTS submission_state ON submission (state, submission_id);
CREATE INDEX IF NOT EXISTS submission_again ON submission (actor, fingerprint, submission_id);
CREATE UNIQUE INDEX IF NOT EXISTS submission_key ON submission (actor, idempotency_key) WHERE idempotency_key IS NOT NULL;
