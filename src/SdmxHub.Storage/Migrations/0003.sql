-- Schema 3: history in order of the revisions that superseded it, so that it grows at its end. In order of series a revision touched a page for each of its
-- series, and the more of them the longer the history was.

CREATE TABLE block_hist_3 (
  cube_id INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  chunk INTEGER NOT NULL,
  tx_from INTEGER NOT NULL,
  tx_to INTEGER NOT NULL,           -- the revision that superseded it: the tx_from of the version that followed
  n_obs INTEGER NOT NULL,
  first TEXT,
  last TEXT,
  data BLOB NOT NULL,
  PRIMARY KEY (cube_id, tx_to, series_id, chunk)
) WITHOUT ROWID;
INSERT INTO block_hist_3 SELECT cube_id, series_id, chunk, tx_from, tx_to, n_obs, first, last, data FROM block_hist ORDER BY cube_id, tx_to, series_id, chunk;
DROP TABLE block_hist;
ALTER TABLE block_hist_3 RENAME TO block_hist;
UPDATE store_head SET schema_version = 3 WHERE id = 1;
