"""The step of the ledger's format that lets a back-fill know which captures it has read."""

from __future__ import annotations

from typing import Final

CAPTURES: Final = """
-- What archives have of the sources, see dataset/ledger/captures.py.
CREATE TABLE captures (
    source        TEXT NOT NULL,
    url           TEXT NOT NULL,  -- canonical form of the captured address
    captured_at   TEXT NOT NULL,
    digest        TEXT NOT NULL,  -- SHA-1 of the payload in Base32, as the archive states it
    captured_url  TEXT NOT NULL,  -- as the archive has it
    archive       TEXT NOT NULL,
    file          TEXT NOT NULL,  -- path or address of a WARC, or the address of a replay
    "offset"      INTEGER NOT NULL, -- less than 0: a replay
    length        INTEGER NOT NULL, -- 0: not known
    outcome       TEXT,           -- empty: yet to be read
    article_id    TEXT,
    run_id        TEXT,
    PRIMARY KEY (source, url, captured_at, digest)
) WITHOUT ROWID;
CREATE INDEX captures_waiting ON captures (source, captured_at) WHERE outcome IS NULL;
-- The parts of indexes that were read to their end: a WARC as it was, a page of an index server.
CREATE TABLE read_indexes (
    source        TEXT NOT NULL,
    part          TEXT NOT NULL,
    PRIMARY KEY (source, part)
) WITHOUT ROWID;
-- The verdict of a back-fill for which the rows of its source wait.
ALTER TABLE sources ADD COLUMN backfill_held TEXT;
"""
