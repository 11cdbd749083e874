-- Schema 2: two indexes less. The key index in memory already keeps keys apart (and `store verify` checks them); what a revision
-- changed is in tx_cube. Both cost a third of a load's time.

DROP INDEX block_tx;
CREATE TABLE series_2 (
  cube_id INTEGER NOT NULL,
  series_id INTEGER NOT NULL,       -- from 1, in the order they came
  key BLOB NOT NULL,                -- a varint per dimension: the code id, 0 where a holder of attributes leaves it open
  agreement_id INTEGER NOT NULL,    -- 0: none
  created_tx INTEGER NOT NULL,
  PRIMARY KEY (cube_id, series_id)
) WITHOUT ROWID;
INSERT INTO series_2 SELECT cube_id, series_id, key, agreement_id, created_tx FROM series ORDER BY cube_id, series_id;
DROP TABLE series;
ALTER TABLE series_2 RENAME TO series;
UPDATE store_head SET schema_version = 2 WHERE id = 1;
