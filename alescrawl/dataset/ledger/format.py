"""The tables of the ledger: one step of SQL for each format, from the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.dataset.ledger.capture_tables import CAPTURES
from alescrawl.dataset.ledger.followed import FOLLOWED
from alescrawl.dataset.ledger.move_tables import MOVES

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLES = """
CREATE TABLE IF NOT EXISTS urls (
    source        TEXT NOT NULL,
    url           TEXT NOT NULL,  -- canonical form of the listed address
    listed_url    TEXT NOT NULL,  -- as the route gave it
    -- found, article, duplicate, outside, not_article, refused, failed or gone
    status        TEXT NOT NULL,
    reason        TEXT,
    article_id    TEXT,
    http_status   INTEGER,
    published     TEXT,           -- what the route or the page says
    lastmod       TEXT,           -- newest modification a route declared
    title         TEXT,           -- what the route says
    etag          TEXT,
    last_modified TEXT,
    first_seen    TEXT NOT NULL,
    last_seen     TEXT NOT NULL,
    fetched_at    TEXT,
    failures      INTEGER NOT NULL DEFAULT 0,
    next_check    TEXT,           -- empty: only when a route says that it changed
    listed_in     TEXT,           -- the newest run in which a route listed it
    claimed_by    TEXT,           -- the run that has asked for it
    PRIMARY KEY (source, url)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS due ON urls (source, published) WHERE next_check IS NOT NULL;
CREATE TABLE IF NOT EXISTS articles (
    article_id    TEXT PRIMARY KEY,
    source        TEXT NOT NULL,
    part          TEXT NOT NULL,
    url           TEXT NOT NULL,
    revision      INTEGER NOT NULL,
    content_hash  TEXT NOT NULL,
    row           BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS articles_by_part ON articles (source, part);
CREATE TABLE IF NOT EXISTS revisions (
    article_id    TEXT NOT NULL,
    revision      INTEGER NOT NULL,
    source        TEXT NOT NULL,
    part          TEXT NOT NULL,
    row           BLOB NOT NULL,
    PRIMARY KEY (article_id, revision)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS revisions_by_part ON revisions (source, part);
CREATE TABLE IF NOT EXISTS runs (
    run_id        TEXT PRIMARY KEY,
    source        TEXT NOT NULL,
    started       TEXT NOT NULL,
    ended         TEXT,
    finish_reason TEXT,
    since         TEXT,
    until         TEXT,
    counts        TEXT NOT NULL DEFAULT '{}',
    version       TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sources (
    source        TEXT PRIMARY KEY,
    since         TEXT            -- how far back its articles were asked for
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts (
    dataset       TEXT NOT NULL,
    source        TEXT NOT NULL,
    part          TEXT NOT NULL,
    changes       INTEGER NOT NULL DEFAULT 0,
    published     INTEGER NOT NULL DEFAULT 0, -- the count of changes that its file holds
    PRIMARY KEY (dataset, source, part)
) WITHOUT ROWID;
"""

_ROUTES = """
-- What the routes say, see dataset/ledger/hints.py.
ALTER TABLE urls ADD COLUMN hints TEXT;
CREATE TABLE routes (
    source        TEXT NOT NULL,
    url           TEXT NOT NULL,
    etag          TEXT,
    last_modified TEXT,
    lastmod       TEXT,           -- as the route that leads to it declared it then
    facts         TEXT,           -- what it was read with, see dataset/ledger/route_visits.py
    http_status   INTEGER,
    read_at       TEXT NOT NULL,  -- when it was last read whole
    walked        INTEGER NOT NULL DEFAULT 0, -- whether its further pages were
    walked_since  TEXT,           -- as far back as this (empty: to the last page)
    PRIMARY KEY (source, url)
) WITHOUT ROWID;
"""

_HOSTS = """
CREATE TABLE host_files (
    origin        TEXT NOT NULL,  -- scheme, host and port
    path          TEXT NOT NULL,  -- /robots.txt or /.well-known/tdmrep.json
    fetched_at    TEXT NOT NULL,
    status        INTEGER NOT NULL,
    body          BLOB NOT NULL,
    PRIMARY KEY (origin, path)
) WITHOUT ROWID;
CREATE TABLE hosts (
    origin        TEXT PRIMARY KEY,
    closed_until  TEXT NOT NULL   -- asked by the host: nothing before
) WITHOUT ROWID;
"""

_RAW = """
-- The records of the archive, see dataset/archive/warc.py; digest is the SHA-1 of the body.
CREATE TABLE raw (
    file          TEXT NOT NULL,  -- below raw/
    "offset"      INTEGER NOT NULL,
    length        INTEGER NOT NULL,
    source        TEXT NOT NULL,
    url           TEXT NOT NULL,
    fetched_at    TEXT NOT NULL,
    kind          TEXT NOT NULL,  -- response or revisit
    digest        TEXT NOT NULL,
    article_id    TEXT NOT NULL,
    part          INTEGER NOT NULL, -- 0, or the number of a further part of a split article
    PRIMARY KEY (file, "offset")
) WITHOUT ROWID;
CREATE INDEX raw_by_url ON raw (source, url, fetched_at);
CREATE INDEX raw_by_article ON raw (article_id);
"""

_DUPLICATES = """
-- What is compared to find copies, see dataset/ledger/near_duplicates.py.
CREATE TABLE shingled (
    article_id    TEXT PRIMARY KEY,
    source        TEXT NOT NULL,
    first         TEXT NOT NULL,  -- when it was published, or else first seen
    words         INTEGER NOT NULL,
    signature     BLOB NOT NULL,  -- MinHash
    cluster_id    TEXT            -- article_id of the first published of its cluster
) WITHOUT ROWID;
CREATE INDEX shingled_by_cluster ON shingled (cluster_id) WHERE cluster_id IS NOT NULL;
CREATE TABLE bands (
    key           INTEGER NOT NULL,
    article_id    TEXT NOT NULL,
    PRIMARY KEY (key, article_id)
) WITHOUT ROWID;
"""

_FORGOTTEN = """
-- What must not be collected again, see dataset/removal/forget.py.
CREATE TABLE forgotten (
    kind          TEXT NOT NULL,  -- article or person
    hash          TEXT NOT NULL,  -- SHA-256, so that this table names nobody
    PRIMARY KEY (kind, hash)
) WITHOUT ROWID;
"""

_CHANGES = """
-- Since when the page has not been there, whenever it was asked for.
ALTER TABLE urls ADD COLUMN missing_since TEXT;
-- Where a route's lastmod has made it due: when it would be due without (never: '9999').
ALTER TABLE urls ADD COLUMN unlisted_check TEXT;
-- How often the words had changed, or not, where a route's lastmod said so.
ALTER TABLE sources ADD COLUMN lastmod_right INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN lastmod_wrong INTEGER NOT NULL DEFAULT 0;
-- Whether rows went from this partition to another since it was published.
ALTER TABLE parts ADD COLUMN loses INTEGER NOT NULL DEFAULT 0;
"""

_MENTIONS = """
-- Compressed JSON, see dataset/ledger/mentions.py; articles whose text names nothing have no row.
CREATE TABLE mentions (
    article_id    TEXT PRIMARY KEY,
    rows          BLOB NOT NULL
) WITHOUT ROWID;
"""

_GATE = """
-- What is thought of each run, see dataset/gate/gate.py. Of a source: the run not judged yet,
-- the verdict for which its rows wait, the run from which on later ones are compared.
ALTER TABLE runs ADD COLUMN quality TEXT;
ALTER TABLE runs ADD COLUMN verdict TEXT;
ALTER TABLE runs ADD COLUMN why TEXT;
ALTER TABLE runs ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN running TEXT;
ALTER TABLE sources ADD COLUMN held TEXT;
ALTER TABLE sources ADD COLUMN baseline TEXT;
"""

_REREADINGS = """
-- Kept of one revision: a row of each extractor that read it. Until now there was only version 1.
CREATE TABLE readings (
    article_id    TEXT NOT NULL,
    revision      INTEGER NOT NULL,
    extractor     TEXT NOT NULL,  -- extractor_version of the row
    source        TEXT NOT NULL,
    part          TEXT NOT NULL,
    row           BLOB NOT NULL,
    PRIMARY KEY (article_id, revision, extractor)
) WITHOUT ROWID;
INSERT INTO readings SELECT article_id, revision, '1', source, part, row FROM revisions;
DROP TABLE revisions;
ALTER TABLE readings RENAME TO revisions;
CREATE INDEX revisions_by_part ON revisions (source, part);
"""

_DELETIONS = """
-- The sitemap, or interface of WordPress, that last named it: what leaves it may be deleted.
ALTER TABLE urls ADD COLUMN listed_by TEXT;
-- How many entries the list had, by its own count, see crawling/discovery/paging.py.
ALTER TABLE routes ADD COLUMN total INTEGER;
"""

_DROPPED = """
-- Files of the archive that the index has no more: to be deleted, see dataset/archive/warc.py.
CREATE TABLE dropped_files (file TEXT PRIMARY KEY) WITHOUT ROWID;
"""

_KINDS = """
-- crawl, or reprocess: one that read the archive again; of that the figures of the same articles
-- before, and the verdict for which its rows wait.
ALTER TABLE runs ADD COLUMN kind TEXT NOT NULL DEFAULT 'crawl';
ALTER TABLE runs ADD COLUMN compared_with TEXT;
ALTER TABLE sources ADD COLUMN reprocess_held TEXT;
"""

_ALERTS = """
-- The state of a source that somebody was told of last, see dataset/health/alerts.py.
ALTER TABLE sources ADD COLUMN told TEXT;
"""

_REMOVALS = """
-- Whether rows, or words of rows, had to go since the partition was published: that does not wait.
ALTER TABLE parts ADD COLUMN removes INTEGER NOT NULL DEFAULT 0;
"""

_IDENTITY = """
-- What this ledger is called in a place that is not its own folder, and where it published last
-- (empty: in its own folder), see dataset/publication/ownership.py.
CREATE TABLE identity (
    name          TEXT NOT NULL,
    published_to  TEXT NOT NULL
);
INSERT INTO identity VALUES (lower(hex(randomblob(8))), '');
"""

_WITHHELD = """
-- Why nothing, or not all, may be kept of what routes say; a later failure does not change that.
ALTER TABLE urls ADD COLUMN withheld TEXT;
UPDATE urls SET withheld = reason
WHERE reason IN ('reserved', 'metadata_only', 'rights', 'forgotten');
"""

_REMOVED = """
-- Articles of which published files still hold what had to go.
CREATE TABLE removed (article_id TEXT PRIMARY KEY) WITHOUT ROWID;
"""

_RUNS_BY_MONTH = """
-- A run every hour is 9,000 a year and source: asked for by source, and published by month.
CREATE INDEX runs_by_source ON runs (source, run_id, kind, verdict, finish_reason, started);
INSERT INTO parts (dataset, source, part, changes)
SELECT DISTINCT 'runs', source, substr(run_id, 1, 4) || '-' || substr(run_id, 5, 2), 1 FROM runs
WHERE true ON CONFLICT DO UPDATE SET changes = changes + 1;
UPDATE parts SET changes = changes + 1, loses = 1 WHERE dataset = 'runs' AND part = 'runs';
"""

_FILES = """
-- By what the file of a partition is known again, see dataset/storage/file_marks.py.
ALTER TABLE parts ADD COLUMN file TEXT;
"""

_CLOCK = """
-- The newest run later than now that is not believed any more, see dataset/ledger/clock.py.
ALTER TABLE sources ADD COLUMN distrusted TEXT;
-- When a host asked for it.
ALTER TABLE hosts ADD COLUMN closed_at TEXT;
"""

STEPS = (
    *(_TABLES, _ROUTES, _HOSTS, _RAW, _DUPLICATES, _FORGOTTEN, _CHANGES, _MENTIONS),
    *(_GATE, _REREADINGS, _DELETIONS, _DROPPED, _KINDS, _ALERTS, _REMOVALS, _IDENTITY, _WITHHELD),
    *(_REMOVED, _RUNS_BY_MONTH, FOLLOWED, _FILES, _CLOCK, MOVES, CAPTURES),
)
"""What makes each format from the one before; a step that was released stays as it is."""

FORMAT = len(STEPS)
"""How many steps a ledger of today has been through: its ``user_version``."""


def statements_after(found: int) -> Iterator[str]:
    """Yield the statements that bring a ledger of format *found* up to date."""
    for script in STEPS[found:]:
        yield from filter(str.strip, script.split(";\n"))
