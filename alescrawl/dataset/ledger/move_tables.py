"""The step of the ledger's format that knows of sources that move, and of the health of routes."""

from __future__ import annotations

from typing import Final

MOVES: Final = """
-- Where a source was found to have moved: host names without www., the same where paths changed.
CREATE TABLE moves (
    source        TEXT NOT NULL,
    old           TEXT NOT NULL,
    new           TEXT NOT NULL,
    kind          TEXT NOT NULL,  -- host or path
    since         TEXT NOT NULL,
    last_seen     TEXT NOT NULL,
    PRIMARY KEY (source, old, new)
) WITHOUT ROWID;
-- Articles that have another canonical address now than that of which their identity is the hash.
CREATE TABLE pairs (
    url           TEXT PRIMARY KEY, -- the canonical address of now
    article_id    TEXT NOT NULL,
    found_by      TEXT NOT NULL,  -- redirect, or title: title, day and path are the same
    found_at      TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX pairs_by_article ON pairs (article_id);
CREATE INDEX urls_by_day ON urls (source, published) WHERE article_id IS NOT NULL;
-- When each route that a module states was asked, and what came of it.
CREATE TABLE route_health (
    source        TEXT NOT NULL,
    url           TEXT NOT NULL,
    kind          TEXT NOT NULL,  -- Feed, Sitemap …
    first_asked   TEXT NOT NULL,
    last_asked    TEXT NOT NULL,
    last_read     TEXT,           -- it answered as such a route does
    last_listed   TEXT,           -- it listed an article of the source
    last_new      TEXT,           -- it listed one that was new or had changed
    last_failed   TEXT,
    reason        TEXT,           -- why it failed then
    PRIMARY KEY (source, url)
) WITHOUT ROWID;
"""
