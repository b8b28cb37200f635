"""Pairs of addresses that are one article: it keeps its identity when its source moves."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from alescrawl.dataset.ledger.articles import unpack
from alescrawl.dataset.ledger.connection import instant_text, text_instant
from alescrawl.dataset.ledger.rereading import share_of_text
from alescrawl.items import PARIS
from alescrawl.text.tokens import words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from alescrawl.items import Article

FoundBy = Literal["redirect", "title"]

LEAST_TEXT_SHARE: Final = 0.8
"""Of the words of two pages without a redirect, that are the same article."""
_LEAST_WORDS: Final = 3
"""Words of a title, or of the name in an address, below which it may be another's too."""
_NO_WORD: Final = re.compile(r"[^a-z]+")
_ENDING: Final = re.compile(r"\.(?:html?|php|aspx?)$")

_PAIRED = """
SELECT articles.* FROM pairs JOIN articles USING (article_id) WHERE pairs.url = ?
"""
_OF_DAY = """
SELECT DISTINCT articles.* FROM urls JOIN articles USING (article_id)
WHERE urls.source = :source AND urls.published >= :first AND urls.published < :end
  AND urls.article_id IS NOT NULL
"""


class Pair(NamedTuple):
    """Another canonical address of the article *article_id*: since when, and what told so."""

    url: str
    article_id: str
    found_by: FoundBy
    found_at: datetime | None

    def __str__(self) -> str:
        """Say it in words."""
        since = f" since {self.found_at.astimezone(PARIS):%Y-%m-%d}" if self.found_at else ""
        told = "a redirect" if self.found_by == "redirect" else "title, day, path and text"
        return f"also at {self.url}{since}, as {told} told"


def pairs_of(db: sqlite3.Connection, article: str) -> list[Pair]:
    """Return the pairs of an article, named by its ``article_id`` or an address of a pair."""
    rows = db.execute(
        "SELECT * FROM pairs WHERE article_id = ?1 OR article_id IN "
        "(SELECT article_id FROM pairs WHERE url = ?1) ORDER BY found_at, url",
        (article,),
    )
    return [
        Pair(row["url"], row["article_id"], row["found_by"], text_instant(row["found_at"]))
        for row in rows
    ]


def title_key(title: str | None) -> str | None:
    """Return *title* without case and punctuation; ``None`` where it is too short to tell."""
    lower = (title or "").casefold()
    found = [lower[start:end] for start, end in words(lower)]
    return " ".join(found) if len(found) >= _LEAST_WORDS else None


def slug_key(url: str) -> str | None:
    """Return the words in the last part of *url* that has enough of them, without numbers."""
    for part in reversed(unquote(urlsplit(url).path).split("/")):
        name = _ENDING.sub("", part.lower())
        found = [word for word in _NO_WORD.split(name) if word]
        if len(found) >= _LEAST_WORDS:
            return "-".join(found)
    return None


def form_of(url: str) -> tuple[object, ...]:
    """Return the form of an address, whatever its words: folders, digits, ending."""
    parts = urlsplit(url)
    *folders, name = [part for part in parts.path.split("/") if part] or [""]
    ending = _ENDING.search(name)
    number = bool(re.search(r"(?:^|[-_,.])\d{3,}(?:$|[._-])", _ENDING.sub("", name)))
    digits = tuple(folder.isdigit() for folder in folders)
    return (digits, number, ending[0] if ending else "", bool(parts.query))


def settle_identity(
    db: sqlite3.Connection, article: Article, asked: dict[str, Any] | None
) -> dict[str, Any] | None:
    """Give *article* the identity that it had at another address; return its row, if it had one.

    *asked* is the row of the article of the address that was asked for, if it has one: then a
    redirect led here.
    """
    found = db.execute(_PAIRED, (article.canonical_url,)).fetchone()
    if found is not None:
        return _given(article, unpack(found["row"]))
    known = "SELECT 1 FROM articles WHERE article_id = ?"
    if db.execute(known, (article.article_id,)).fetchone() is not None:
        return None
    row, by = _earlier(db, article, asked)
    if row is None:
        return None
    db.execute(
        "INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, ?)",
        (article.canonical_url, row["article_id"], by, instant_text(datetime.now(UTC))),
    )
    return _given(article, row)


def _given(article: Article, row: dict[str, Any]) -> dict[str, Any]:
    article.article_id = row["article_id"]
    article.canonical_url = row["canonical_url"]
    return row


def _earlier(
    db: sqlite3.Connection, article: Article, asked: dict[str, Any] | None
) -> tuple[dict[str, Any] | None, FoundBy]:
    """Return the row that *article* has under another address, and what told so."""
    if asked is not None and _is_redirected(asked, article):
        return asked, "redirect"
    same = [row for row in _of_same_day(db, article) if _is_same(row, article)]
    # Of two it may be either: then it is none.
    return (same[0] if len(same) == 1 else None), "title"


def _is_redirected(row: dict[str, Any], article: Article) -> bool:
    """Whether a redirect from the page of *row* to that of *article* leads to the same article."""
    if not _may_be_of_same_day(row, article):
        return False
    if title_key(row["title"]) == title_key(article.title) is not None:
        return True
    if not row["text"] or not article.text:
        return False
    return share_of_text(row["text"], article.text) >= LEAST_TEXT_SHARE


def _is_same(row: dict[str, Any], article: Article) -> bool:
    """Whether *article* is that of *row*, which was published on the same day, without a redirect.

    A series with one title has addresses of one form on one host: it is none.
    """
    old, new = urlsplit(row["url"]), urlsplit(article.url)
    left = _bare(old.hostname) != _bare(new.hostname) or form_of(row["url"]) != form_of(article.url)
    title, slug = title_key(article.title), slug_key(article.url)
    if not left or title is None or slug is None:
        return False
    if title != title_key(row["title"]) or slug != slug_key(row["url"]):
        return False
    if not row["text"] or not article.text:
        return not row["text"] and not article.text
    return share_of_text(row["text"], article.text) >= LEAST_TEXT_SHARE


def _of_same_day(db: sqlite3.Connection, article: Article) -> Iterator[dict[str, Any]]:
    slug = slug_key(article.url)
    if article.published is None or slug is None:
        return
    day = article.published.astimezone(PARIS).date()
    first = datetime.combine(day, time(), PARIS)
    end = datetime.combine(day + timedelta(days=1), time(), PARIS)
    values = {"source": article.source, "first": instant_text(first), "end": instant_text(end)}
    for found in db.execute(_OF_DAY, values).fetchall():
        if slug_key(found["url"]) == slug:
            row = unpack(found["row"])
            if row["published"] is not None and _may_be_of_same_day(row, article):
                yield row


def _may_be_of_same_day(row: dict[str, Any], article: Article) -> bool:
    days = {
        moment.astimezone(PARIS).date()
        for moment in (row["published"], article.published)
        if moment is not None
    }
    return len(days) < 2  # noqa: PLR2004 - one day


def _bare(host: str | None) -> str:
    return (host or "").removeprefix("www.")
