-- Schema 4: whose series are. A series belongs to the provision agreement under which it was first sent; the column agreement_id of series was there for it.

CREATE TABLE agreement (
  agreement_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE         -- AGENCY:ID, without version
);
ALTER TABLE tx_cube ADD COLUMN agreement_id INTEGER NOT NULL DEFAULT 0; -- under which the revision changed the cube; 0: none
UPDATE store_head SET schema_version = 4 WHERE id = 1;
