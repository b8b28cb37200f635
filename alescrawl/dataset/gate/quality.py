"""What a run's pages came to: shares, fill rates, lengths and origins, from the ledger alone.

Read from the ledger, so that a run that was killed is judged like one that ended.
"""

from __future__ import annotations

import json
from bisect import insort
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from alescrawl.dataset.ledger.connection import Ledger

FILLED: Final = (
    *("title", "text", "lead", "authors", "published", "section", "tags", "image_url", "language"),
)
"""The fields whose fill rate is watched: those that a page's markup gives."""

Age = Literal["newer", "older"]
AGES: Final[tuple[Age, Age]] = ("newer", "older")
OLD: Final = timedelta(days=90)
"""Before a run: what was published earlier may be of another template, with other fields."""

_VISITED = """
SELECT status, reason, count(*) AS count FROM urls
WHERE source = ? AND claimed_by = ? AND fetched_at IS NOT NULL AND fetched_at >= ?
GROUP BY status, reason
"""
_ROWS = """
SELECT DISTINCT articles.article_id, articles.row FROM urls JOIN articles USING (article_id)
WHERE urls.source = ? AND urls.claimed_by = ? AND urls.status = 'article'
  AND urls.fetched_at >= ? AND urls.reason IS NULL AND urls.http_status != 304
"""


@dataclass(slots=True)
class Quality:
    """One run's figures.

    ``pages`` counts addresses by what they came to (article, failed, refused …), ``reasons`` the
    worse of them by name. ``rows`` is the number of articles read, but for those whose text may not
    be kept, which are ``withheld``; ``fill`` gives for each field
    the share of them that has a value, ``origins`` for each field the share of each origin.
    ``older`` has the same figures of those published long before the run alone, ``newer`` of the
    others; both are empty where they were not told apart.
    """

    pages: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    withheld: int = 0
    median_words: float | None = None
    fill: dict[str, float] = field(default_factory=dict)
    origins: dict[str, dict[str, float]] = field(default_factory=dict)
    newer: dict[str, Any] = field(default_factory=dict)
    older: dict[str, Any] = field(default_factory=dict)

    def of_age(self, age: Age) -> Quality:
        """Return the figures of the articles of an age; all are newer where that is not known."""
        if not (self.newer or self.older):
            return self if age == "newer" else Quality()
        return Quality(**(self.newer if age == "newer" else self.older))

    @property
    def asked(self) -> int:
        """How many addresses were asked for."""
        return sum(self.pages.values())

    def share(self, *statuses: str) -> float:
        """Return the share of the addresses asked for that came to one of *statuses*."""
        return sum(self.pages.get(s, 0) for s in statuses) / self.asked if self.asked else 0.0

    def to_json(self) -> str:
        """Return all of it as the ledger keeps it."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str | None) -> Self | None:
        """Undo :meth:`to_json`; ``None`` where a run has none."""
        return cls(**json.loads(text)) if text else None


def measure(ledger: Ledger, source: str, run_id: str, started: str) -> Quality:
    """Return the figures of a run; *started* is its beginning as the ledger writes it."""
    quality = Quality()
    for status, reason, count in ledger.query(_VISITED, source, run_id, started).fetchall():
        quality.pages[status] = quality.pages.get(status, 0) + count
        if reason is not None and status != "article":
            quality.reasons[f"{status}/{reason}"] = count
        elif reason is not None:
            quality.withheld += count
    tally, of_age = Tally(), {age: Tally() for age in AGES}
    for row in rows_read(ledger, source, run_id, started):
        tally.add(row)
        of_age[_age(row)].add(row)
    tally.fill_in(quality)
    quality.newer, quality.older = (of_age[age].figures() for age in AGES)
    return quality


def _age(row: Mapping[str, Any]) -> Age:
    """Return the age of an article when it was read; newer where it has no date."""
    published, read = row["published"], row["fetched_at"]
    is_old = published is not None and read is not None and read - published > OLD
    return "older" if is_old else "newer"


def rows_read(ledger: Ledger, source: str, run_id: str, started: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of the articles that a run read, but for those whose words are withheld."""
    # `scrapy status` shows verdicts, and reads no row.
    from alescrawl.dataset.ledger.articles import unpack  # noqa: PLC0415

    for row in ledger.query(_ROWS, source, run_id, started).fetchall():
        yield unpack(row["row"])


class Tally:
    """The figures of rows that are added one by one, at any time."""

    def __init__(self) -> None:
        self._filled: Counter[str] = Counter()
        self._origins: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._lengths: list[int] = []  # in order, so that the median is at hand

    def add(self, row: Mapping[str, Any]) -> None:
        """Count a row."""
        insort(self._lengths, row["word_count"] or 0)
        filled = [name for name in FILLED if row[name]]
        self._filled.update(filled)
        for name in filled:
            self._origins[name][(row["provenance"] or {}).get(name, "")] += 1

    def figures(self) -> dict[str, Any]:
        """Return the figures by name, nothing where there are no rows."""
        quality = Quality()
        self.fill_in(quality)
        names = ("rows", "median_words", "fill", "origins")
        return {name: getattr(quality, name) for name in names} if quality.rows else {}

    def fill_in(self, quality: Quality) -> None:
        """Set the figures of *quality* that are about rows."""
        quality.rows = len(self._lengths)
        if not self._lengths:
            return
        middle = self._lengths[(quality.rows - 1) // 2 : quality.rows // 2 + 1]
        quality.median_words = sum(middle) / len(middle)
        quality.fill = {name: round(self._filled[name] / quality.rows, 4) for name in FILLED}
        quality.origins = {
            name: {o: round(n / counts.total(), 4) for o, n in counts.most_common()}
            for name, counts in self._origins.items()
        }
