"""The step of the ledger's format that lets watch lists follow the articles."""

from __future__ import annotations

from typing import Final

FOLLOWED: Final = """
-- In which order articles were written, for whoever follows them, see dataset/ledger/changes.py.
CREATE TABLE change_count (number INTEGER NOT NULL);
INSERT INTO change_count SELECT count(*) FROM articles;
CREATE TABLE article_changes (
    article_id    TEXT PRIMARY KEY,
    number        INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX article_changes_by_number ON article_changes (number);
INSERT INTO article_changes
SELECT article_id, row_number() OVER (ORDER BY article_id) FROM articles;
CREATE TRIGGER article_stored AFTER INSERT ON articles
BEGIN
    UPDATE change_count SET number = number + 1; INSERT OR REPLACE INTO article_changes
    SELECT new.article_id, number FROM change_count; END;
CREATE TRIGGER article_altered AFTER UPDATE ON articles
BEGIN
    UPDATE change_count SET number = number + 1; INSERT OR REPLACE INTO article_changes
    SELECT new.article_id, number FROM change_count; END;
-- Watch lists, see watch/. How far an entry of a list has looked through a source.
CREATE TABLE watch_cursors (
    list          TEXT NOT NULL,
    entry         TEXT NOT NULL,  -- hash of what is watched, so that this table names nobody
    source        TEXT NOT NULL,
    number        INTEGER NOT NULL, -- of article_changes
    PRIMARY KEY (list, entry, source)
) WITHOUT ROWID;
-- What was found: an article, or several that are copies of one another.
CREATE TABLE watch_items (
    list          TEXT NOT NULL,
    item          TEXT NOT NULL,  -- article_id of the first that was found
    reasons       TEXT NOT NULL,  -- hash of why it was found, as last told
    found_at      TEXT NOT NULL,
    updated       TEXT NOT NULL,
    PRIMARY KEY (list, item)
) WITHOUT ROWID;
CREATE TABLE watch_articles (
    list          TEXT NOT NULL,
    article_id    TEXT NOT NULL,
    item          TEXT NOT NULL,
    PRIMARY KEY (list, article_id)
) WITHOUT ROWID;
CREATE INDEX watch_articles_by_item ON watch_articles (list, item);
CREATE INDEX watch_articles_by_article ON watch_articles (article_id);
-- What is yet to be told; batch is the message that it was put into.
CREATE TABLE watch_outbox (
    list          TEXT NOT NULL,
    channel       TEXT NOT NULL,  -- terminal or mail
    item          TEXT NOT NULL,
    batch         TEXT NOT NULL DEFAULT '',
    change        TEXT NOT NULL,  -- new or changed
    PRIMARY KEY (list, channel, item, batch)
) WITHOUT ROWID;
CREATE TRIGGER article_removed AFTER DELETE ON articles
BEGIN
    DELETE FROM article_changes WHERE article_id = old.article_id; DELETE FROM watch_articles
    WHERE article_id = old.article_id; END;
"""
