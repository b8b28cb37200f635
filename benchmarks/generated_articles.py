"""Datasets of any size from generated articles, written as crawls and publication leave them.

A part is generated whole: its file is written by the project's own writer, its rows go to the
ledger in bulk. Signatures are random numbers, as those of unrelated texts are.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from alescrawl.dataset.ledger.articles import pack
from alescrawl.dataset.ledger.connection import Ledger, instant_text
from alescrawl.dataset.ledger.minhash import bands
from alescrawl.dataset.ledger.partitions import MOST_ROWS, partition_key
from alescrawl.dataset.publication.migration import prepare_tables
from alescrawl.dataset.schema import TABLES
from alescrawl.dataset.storage.parquet import write_rows
from alescrawl.dataset.tables import ARTICLES, article_row
from alescrawl.items import Article, Paragraph, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alescrawl.dataset.folder import Folder

YEARS = range(2017, 2027)
LAST_PART = MOST_ROWS // 2
"""Articles of the newest part of a source: the next ones go there, too."""
WORDS = 20_000
TABLE = 1_000_000
STREAM = 400_000
"""Words drawn at a time; texts are cut out of them one after another."""
SYLLABLES = ("ba", "co", "di", "fe", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo")
MB = 1 << 20


class Part(NamedTuple):
    """What a part is made of: a *number* of articles of a *source*, published in a *year*."""

    source: str
    year: int
    name: str
    number: int


class Rows(NamedTuple):
    """What the ledger holds of a part."""

    articles: list[tuple[Any, ...]]
    shingled: list[tuple[Any, ...]]
    bands: list[tuple[int, ...]]
    """Of each article, in the same order."""


class Generator:
    """Articles of some 400 words, of a vocabulary in which few words make most of the text."""

    def __init__(self) -> None:
        self._random = np.random.default_rng(os.getpid())
        syllables = np.random.default_rng(1).integers(len(SYLLABLES), size=(WORDS, 3))
        words = np.array(["".join(SYLLABLES[n] for n in row) for row in syllables], object)
        # Of the most frequent word there are a tenth as many as of all, as in a language.
        self._drawn = np.repeat(words, 1 + TABLE // 10 // np.arange(1, WORDS + 1))
        self._stream: list[str] = []
        self._at = 0

    def article(self, source: str, number: int, published: datetime) -> Article:
        """Return article *number* of *source*."""
        url = f"https://{source}.example/{published.year}/{number}"
        article = Article(url=url, article_id=fingerprint(url), canonical_url=url, source=source)
        article.title = self._text(8)
        article.published = article.fetched_at = article.first_seen = published
        article.authors = [self._text(2).title()]
        lengths = self._random.integers(40, 121, 5).tolist()
        article.set_paragraphs([Paragraph("paragraph", self._text(n)) for n in lengths])
        return article

    def articles(self, part: Part) -> Iterator[Article]:
        """Yield the articles of *part*, on days all over its year."""
        first = datetime(part.year, 1, 1, 12, tzinfo=UTC)
        start = int(part.name.partition("-")[2] or 1) * MOST_ROWS
        for index, days in enumerate(self._random.uniform(0, 363, part.number).tolist()):
            day = (first + timedelta(days=days)).replace(microsecond=0)
            yield self.article(part.source, start + index, day)

    def signature(self) -> np.ndarray[Any, np.dtype[np.uint32]]:
        return self._random.integers(0, 1 << 32, 128, np.uint32)

    def _text(self, words: int) -> str:
        if self._at + words > len(self._stream):
            drawn = self._random.integers(len(self._drawn), size=STREAM)
            self._stream, self._at = self._drawn[drawn].tolist(), 0
        self._at += words
        return " ".join(self._stream[self._at - words : self._at])


def parts_of(articles: int) -> list[Part]:
    """Return the parts of a dataset of some *articles*: most are full, the newest are half full.

    It has up to 20 sources, of at least 1,000 articles a year.
    """
    sources = max(1, min(20, articles // (MOST_ROWS * len(YEARS))))
    of_a_year = max(1, round(articles / (MOST_ROWS * len(YEARS) * sources)))
    return [
        Part(
            f"paper{source:02d}",
            year,
            f"year={year}" + (f"-{number:03d}" if number > 1 else ""),
            LAST_PART if (year, number) == (YEARS[-1], of_a_year) else MOST_ROWS,
        )
        for source in range(sources)
        for year in YEARS
        for number in range(1, of_a_year + 1)
    ]


def generate(output: Folder, parts: Sequence[Part], processes: int = 2) -> int:
    """Write *parts* to a new *output* folder, its ledger included; return how many articles."""
    output.prepare()
    with closing(Ledger(output.ledger)) as ledger:
        prepare_tables(ledger, output)
    keys: list[np.ndarray[Any, np.dtype[np.int64]]] = []
    ids: list[str] = []
    with closing(sqlite3.connect(output.ledger)) as db, get_context("fork").Pool(processes) as pool:
        db.execute(f"PRAGMA cache_size = {-2048 * MB // 1024}")
        db.execute("PRAGMA synchronous = OFF")
        made = pool.imap(partial(_write_part, output), parts)
        for part, rows in zip(parts, made, strict=True):
            with db:
                db.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)", rows.articles)
                db.executemany("INSERT INTO shingled VALUES (?, ?, ?, ?, ?, NULL)", rows.shingled)
                db.execute(
                    "INSERT INTO parts (dataset, source, part, changes, published) "
                    "VALUES (?, ?, ?, 1, 1)",
                    (ARTICLES, part.source, part.name),
                )
            keys.append(np.array(rows.bands, np.int64))
            ids += [row[0] for row in rows.articles]
        with db:
            db.executemany("INSERT INTO bands VALUES (?, ?)", _in_order(np.concatenate(keys), ids))
    return sum(part.number for part in parts)


def _in_order(
    keys: np.ndarray[Any, np.dtype[np.int64]], ids: list[str]
) -> Iterator[tuple[int, str]]:
    """Yield the *keys* of each article by size: inserted at random they would take minutes."""
    flat, width = keys.ravel(), keys.shape[1]
    for places in np.array_split(np.argsort(flat), 1 + len(flat) // MB):
        owners = (ids[n] for n in (places // width).tolist())
        yield from zip(flat[places].tolist(), owners, strict=True)


def _write_part(output: Folder, part: Part) -> Rows:
    """Write the file of *part*; return what the ledger is to hold of it."""
    generator = _generator()
    made = Rows([], [], [])
    rows = (_row(article, generator, part, made) for article in generator.articles(part))
    path = partition_key(ARTICLES, part.source, part.name)
    in_order = sorted(rows, key=lambda row: row["article_id"])
    write_rows(in_order, TABLES[ARTICLES], output.published, path)
    return made


@cache
def _generator() -> Generator:
    """Return the one of this process."""
    return Generator()


def _row(article: Article, generator: Generator, part: Part, made: Rows) -> dict[str, Any]:
    row, key = article_row(article), article.article_id
    found = generator.signature().tobytes()
    made.articles.append(
        (key, part.source, part.name, article.url, 1, article.content_hash, pack(row))
    )
    first = instant_text(article.published)
    made.shingled.append((key, part.source, first, article.word_count, found))
    made.bands.append(tuple(bands(found)))
    return row
