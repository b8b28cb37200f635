"""Names and articles that must not be collected again: told, and taken out of what is read.

A name is remembered as the SHA-256 of its words without case and accents, in any order, an
article by its article_id, so that the memory names nobody. Where a name stood there is ``[……]`` of
the same length, so that the offsets of what else is named in a text stay right.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any, Final, Literal
from unicodedata import normalize

from alescrawl.extraction.canonical import canonical_url
from alescrawl.extraction.page.charset import decode
from alescrawl.items import Paragraph, fingerprint

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.dataset.ledger.hints import Listed
    from alescrawl.items import Article

Kind = Literal["article", "person"]
LEAST_WORDS: Final = 2
MOST_WORDS: Final = 5
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_TEXTS: Final = (
    *("kicker", "title", "lead", "text", "byline", "section", "image_caption", "image_credit"),
)
_LISTS: Final = ("authors", "agencies", "persons", "institutions", "places", "tags")
_TAG: Final = re.compile(r"<[^>]*>")
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
"""A character of JSON."""


def name_words(name: str) -> list[str]:
    """Return the words of a person's name."""
    return _WORD.findall(name)


def remember(db: sqlite3.Connection, kind: Kind, key: str) -> None:
    """Record within the transaction *db* what must not come back: an article_id or a name's key."""
    db.execute("INSERT OR IGNORE INTO forgotten VALUES (?, ?)", (kind, key))


class Memory:
    """What must not be collected again, as a run reads it once."""

    def __init__(self, ledger: Ledger) -> None:
        found = ledger.query("SELECT kind, hash FROM forgotten").fetchall()
        self._articles = {row["hash"] for row in found if row["kind"] == "article"}
        self._names = {row["hash"] for row in found if row["kind"] == "person"}

    def holds(self, article_id: str) -> bool:
        """Return whether the article is not to be collected."""
        return article_id in self._articles

    def allowed(self, entries: Sequence[Listed]) -> Sequence[Listed]:
        """Return *entries* without forgotten articles and without what holds a forgotten name."""
        if self._articles:
            entries = [e for e in entries if not self.holds(fingerprint(canonical_url(e.url)))]
        if self._names:
            entries = [self._unnamed(entry) for entry in entries]
        return entries

    def _unnamed(self, entry: Listed) -> Listed:
        return replace(
            entry,
            title=self._if_unnamed(entry.title),
            excerpt=self._if_unnamed(entry.excerpt),
            authors=tuple(filter(self._if_unnamed, entry.authors)),
            tags=tuple(filter(self._if_unnamed, entry.tags)),
        )

    def _if_unnamed(self, text: str | None) -> str | None:
        return None if text and holds_name(text, self._names) else text

    def clean(self, article: Article) -> None:
        """Take forgotten names out of *article*; a page that holds one is then not kept either."""
        if not self._names:
            return
        visit = article.visit
        if visit is not None and any(self.is_named_in(page.body) for page in visit.pages):
            visit.pages = []
        row: dict[str, Any] = {name: getattr(article, name) for name in (*_TEXTS, *_LISTS)}
        row["paragraphs"] = [{"kind": p.kind, "text": p.text} for p in article.paragraphs]
        if not redact(row, self._names):
            return
        for name in (*_TEXTS, *_LISTS):
            setattr(article, name, row[name])
        article.set_paragraphs([Paragraph(p["kind"], p["text"]) for p in row["paragraphs"]])
        if visit is not None:
            visit.pages = []

    def is_named_in(self, body: bytes) -> bool:
        """Return whether a forgotten name stands in a page."""
        return bool(self._names) and page_holds_name(body, self._names)


def page_holds_name(body: bytes, keys: set[str]) -> bool:
    """Return whether one of the names stands in a page: in its words, or in its markup."""
    html, *_ = decode(body)
    source = unescape(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), html))
    return holds_name(unescape(_TAG.sub(" ", html)), keys) or holds_name(source, keys)


def holds_name(text: str, keys: set[str]) -> bool:
    """Return whether one of the names stands in *text*."""
    return bool(_spans(text, keys))


def redact(row: dict[str, Any], keys: set[str]) -> bool:
    """Take the names out of *row*; return whether there were any."""
    surnames: set[str] = set()
    texts = [row[name] or "" for name in _TEXTS] + [n for name in _LISTS for n in row[name] or []]
    for text in texts:
        surnames |= {_surname(text[span]) for span in _spans(text, keys)}
    if not surnames:
        return False
    alone = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(surnames)))})(?!\w)")

    def clean(text: str | None) -> str | None:
        return alone.sub(lambda found: _blank(found[0]), _without(text, keys)) if text else text

    row.update({name: clean(row[name]) for name in _TEXTS})
    row.update({name: [n for n in row[name] or [] if clean(n) == n] for name in _LISTS})
    row["paragraphs"] = [{**p, "text": clean(p["text"])} for p in row["paragraphs"] or []]
    return True


def _surname(name: str) -> str:
    """Return the word in capitals, « DUPONT Jean », else the last one."""
    words = _WORD.findall(name)
    capitals = [word for word in words if word.isupper() and len(word) > 1]
    return capitals[0] if len(capitals) == 1 else str(words[-1])


def _without(text: str, keys: set[str]) -> str:
    for span in reversed(_spans(text, keys)):
        text = text[: span.start] + _blank(text[span]) + text[span.stop :]
    return text


def _blank(name: str) -> str:
    return f"[{'…' * (len(name) - 2)}]"


def _spans(text: str, keys: set[str]) -> list[slice]:
    """Return where the names with these *keys* stand in *text*, the longest first of each place."""
    words = list(_WORD.finditer(text))
    spans: list[slice] = []
    for first, word in enumerate(words):
        if not word[0][0].isupper() or (spans and word.start() < spans[-1].stop):
            continue
        for size in range(MOST_WORDS, LEAST_WORDS - 1, -1):
            some = words[first : first + size]
            if len(some) == size and name_key([w[0] for w in some]) in keys:
                spans.append(slice(word.start(), some[-1].end()))
                break
    return spans


def name_key(words: list[str]) -> str:
    """Return what a name is remembered by, whatever the order, case and accents of its words."""
    folded = (normalize("NFD", word.casefold()).encode("ascii", "ignore") for word in words)
    return hashlib.sha256(b" ".join(sorted(folded))).hexdigest()
