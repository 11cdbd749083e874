-- The store, schema 1 (design section 4). Runs once; changes come as further numbered files.
-- Instants are microseconds since 1970-01-01 UTC. tx is the number of a revision.

CREATE TABLE store_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  tx INTEGER NOT NULL,              -- the head
  epoch INTEGER NOT NULL,           -- rises when a standby is promoted
  schema_version INTEGER NOT NULL
);
INSERT INTO store_head (id, tx, epoch, schema_version) VALUES (1, 0, 1, 1);

CREATE TABLE tx (
  tx INTEGER PRIMARY KEY,
  commit_ts_us INTEGER NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  submission_id INTEGER,
  release_id INTEGER
);
CREATE TABLE tx_cube (
  tx INTEGER NOT NULL,
  cube_id INTEGER NOT NULL,
  n_ins INTEGER NOT NULL,           -- observations
  n_upd INTEGER NOT NULL,
  n_del INTEGER NOT NULL,
  touched BLOB NOT NULL,            -- ids of the series rows it changed: ascending, as varints of the distances
  PRIMARY KEY (tx, cube_id)
) WITHOUT ROWID;

-- Append only. A cube is a dataflow without version.
CREATE TABLE cube (cube_id INTEGER PRIMARY KEY, dataflow TEXT NOT NULL UNIQUE, created_tx INTEGER NOT NULL);
CREATE TABLE component (cube_id INTEGER NOT NULL, comp INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, PRIMARY KEY (cube_id, comp)) WITHOUT ROWID;
CREATE TABLE code (cube_id INTEGER NOT NULL, comp INTEGER NOT NULL, code_id INTEGER NOT NULL, code TEXT NOT NULL, PRIMARY KEY (cube_id, comp, code_id)) WITHOUT ROWID;
CREATE TABLE text (text_id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, value TEXT NOT NULL);
CREATE INDEX text_hash ON text (hash);
CREATE TABLE series (
  cube_id INTEGER NOT NULL,
  series_id INTEGER NOT NULL,       -- from 1, in the order they came
  key BLOB NOT NULL,                -- a varint per dimension: the code id, 0 where a holder of attributes leaves it open
  agreement_id INTEGER NOT NULL,    -- 0: none
  created_tx INTEGER NOT NULL,
  PRIMARY KEY (cube_id, series_id),
  UNIQUE (cube_id, key)
) WITHOUT ROWID;

CREATE TABLE block (
  cube_id INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  chunk INTEGER NOT NULL,           -- 0: the attributes of the series or holder; else ((ordinal / 256) * 16 + kind) + 1
  tx_from INTEGER NOT NULL,
  n_obs INTEGER NOT NULL,           -- rows; in chunk 0 whether there is an attribute
  first TEXT,                       -- periods as spelt; null in chunk 0 and where there is no row
  last TEXT,
  data BLOB NOT NULL,
  PRIMARY KEY (cube_id, series_id, chunk)
) WITHOUT ROWID;
CREATE INDEX block_tx ON block (cube_id, tx_from);
CREATE TABLE block_hist (
  cube_id INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  chunk INTEGER NOT NULL,
  tx_from INTEGER NOT NULL,
  tx_to INTEGER NOT NULL,           -- the revision that superseded it
  n_obs INTEGER NOT NULL,
  first TEXT,
  last TEXT,
  data BLOB NOT NULL,
  PRIMARY KEY (cube_id, series_id, chunk, tx_from)
) WITHOUT ROWID;

CREATE TABLE artefact (
  urn TEXT NOT NULL,
  tx_from INTEGER NOT NULL,
  tx_to INTEGER,                    -- null: in force
  body BLOB NOT NULL,               -- one SDMX-ML 2.1 structure message, deflated
  PRIMARY KEY (urn, tx_from)
) WITHOUT ROWID;
CREATE INDEX artefact_tx ON artefact (tx_to, tx_from);

-- Drafts, submissions and releases: for later, here so that the schema is whole.
CREATE TABLE draft (draft_id INTEGER PRIMARY KEY, name TEXT NOT NULL, owner TEXT NOT NULL, state TEXT NOT NULL, base_tx INTEGER NOT NULL, created_us INTEGER NOT NULL);
CREATE TABLE staged (
  draft_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  cube_id INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  chunk INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (draft_id, seq, cube_id, series_id, chunk)
) WITHOUT ROWID;
CREATE TABLE submission (
  submission_id INTEGER PRIMARY KEY,
  draft_id INTEGER,
  received_us INTEGER NOT NULL,
  actor TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sha256 BLOB NOT NULL,
  state TEXT NOT NULL,
  report BLOB
);
CREATE TABLE release (release_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, tx INTEGER NOT NULL, created_us INTEGER NOT NULL);
