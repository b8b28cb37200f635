"""When an article was published and modified, from the best of the places that tell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from alescrawl.extraction.dates.dates import date_in_url, parse_date
from alescrawl.extraction.dates.printed import (
    dates_near,
    labelled_lines,
    lines_anywhere,
    times_anywhere,
)
from alescrawl.extraction.dates.script_data import stated_in_scripts
from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from alescrawl.extraction.dates.dates import ParsedDate
    from alescrawl.extraction.dates.printed import Printed
    from alescrawl.extraction.page.facts import Facts
    from alescrawl.extraction.page.meta import Head
    from alescrawl.extraction.page.structured import Structured
    from alescrawl.items import Origin

_PUBLISHED_META = (
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:recs:published_time",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "citation_date",
    "publish_date",
    "publish-date",
    "published_date",
    "publication_date",
    "publicationdate",
    "pubdate",
    "published",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "datecreated",
    "date",
)
_MODIFIED_META = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "article.updated",
    "lastmod",
    "last-modified",
    "revised",
)
PUBLISHED_APART = "published_apart"
"""The problem of an article whose date stands away from title and byline: routes are surer."""
_CLOCK_SKEW = timedelta(minutes=10)
_TITLE_SEPARATOR = re.compile(r"\s[|–—-]\s")
_LONGEST_IN_TITLE = 30


class Found(NamedTuple):
    """A date and where it was read; ``apart``: away from title and byline, without a statement."""

    date: ParsedDate
    origin: Origin
    apart: bool = False


@dataclass(slots=True)
class Dates:
    """Publication and last modification; ``None`` where the page does not tell."""

    published: Found | None = None
    modified: Found | None = None
    problems: list[str] = field(default_factory=list)


def read_dates(facts: Facts, fetched_at: datetime, chosen: str = "") -> Dates:
    """Return the dates of a page; none later than *fetched_at*.

    Structured data comes first, then *chosen* (what the source's selector found), meta tags,
    microdata, ``<time>`` elements, lines printed near the title, and the address. A date
    without a zone is in Europe/Paris. Words such as « il y a 2 jours » count only where
    nothing better is there.
    """
    head, structured = facts.head, facts.structured
    reader = _Reader(fetched_at, month_first=_is_american(head))
    stated = list(_published(head, structured, chosen))
    published = reader.first(stated)
    modified = reader.first(_modified(head, structured))
    if published is None or published.date.precision == "day":
        printed = dates_near(facts)
        published = published or reader.first(_meaning(printed, "published"))
        published = published or reader.first(_meaning(printed, ""), bare=True)
        published = published or reader.first(_in_title(head))
        published = published or reader.in_address(facts.url)
        published = published or reader.first(_scripts(facts))
        published = published or _apart(reader.first(_elsewhere(facts), bare=True))
        published = published or reader.relative
        others = [*stated, *_meaning(printed, "published"), *_meaning(printed, "")]
        published = published and reader.finer(published, chain(others, _times(facts)))
        modified = modified or reader.first(_meaning(printed, "modified"))
    return Dates(published, modified, _problems(published, reader))


def _apart(found: Found | None) -> Found | None:
    return found and found._replace(apart=True)


def _problems(published: Found | None, reader: _Reader) -> list[str]:
    if published is None:
        return ["published_in_future"] if reader.saw_future else []
    return [PUBLISHED_APART] if published.apart else []


class _Reader:
    """Parses candidates, and remembers what it passed over."""

    def __init__(self, fetched_at: datetime, *, month_first: bool) -> None:
        self._fetched_at = fetched_at
        self._month_first = month_first
        self.saw_future = False
        self.relative: Found | None = None

    def first(
        self, candidates: Iterable[tuple[str, Origin]], *, bare: bool = False
    ) -> Found | None:
        """Return the first candidate that is a date, not relative and not in the future.

        *bare* are those without a label: the day of the fetch is then the page's own calendar.
        """
        today = self._fetched_at.astimezone(PARIS).date() if bare else None
        return next((c for c in self._dated(candidates) if not _is_calendar(c, today)), None)

    def finer(self, found: Found, candidates: Iterable[tuple[str, Origin]]) -> Found:
        """Return the candidate that tells the day, or minute, of *found* more exactly, if any."""
        if found.date.precision == "second":
            return found
        same = (c for c in self._dated(candidates) if _is_of_same_time(c, found))
        finer = next((c for c in same if c.date.precision != found.date.precision), found)
        return finer._replace(apart=found.apart)

    def in_address(self, url: str) -> Found | None:
        date = date_in_url(url)
        return Found(date, "url") if date is not None and self._is_past(date.when) else None

    def _dated(self, candidates: Iterable[tuple[str, Origin]]) -> Iterator[Found]:
        for text, origin in candidates:
            date = parse_date(text, self._fetched_at, month_first=self._month_first)
            if date is not None and date.relative:
                self.relative = self.relative or Found(date, origin)
            elif date is not None and self._is_past(date.when):
                yield Found(date, origin)

    def _is_past(self, when: datetime) -> bool:
        past = when <= self._fetched_at + _CLOCK_SKEW
        self.saw_future = self.saw_future or not past
        return past


def _is_american(head: Head) -> bool:
    """Tell a page of the United States, where numbers are printed month first."""
    declared = (head.language or head.first("og:locale", "content-language")).lower()
    return declared.replace("_", "-") == "en-us"


def _is_calendar(found: Found, today: date | None) -> bool:
    return found.date.precision == "day" and _local_day(found) == today


def _is_of_same_time(candidate: Found, found: Found) -> bool:
    if found.date.precision == "day":
        return _local_day(candidate) == _local_day(found)
    minute = candidate.date.when.replace(second=0, microsecond=0)
    return candidate.date.precision == "second" and minute == found.date.when


def _local_day(found: Found) -> date:
    return found.date.when.astimezone(PARIS).date()


def _published(head: Head, structured: Structured, chosen: str) -> Iterator[tuple[str, Origin]]:
    yield from _structured(structured, "datePublished")
    if chosen:
        yield chosen, "selector"
    yield from _meta(head, _PUBLISHED_META)
    yield from _microdata(head, "datePublished")
    yield from _structured(structured, "dateCreated", "uploadDate")
    yield from _microdata(head, "dateCreated")


def _modified(head: Head, structured: Structured) -> Iterator[tuple[str, Origin]]:
    yield from _structured(structured, "dateModified")
    yield from _meta(head, _MODIFIED_META)
    yield from _microdata(head, "dateModified")


def _in_title(head: Head) -> Iterator[tuple[str, Origin]]:
    """Yield the date at the end of ``<title>``."""
    last = _TITLE_SEPARATOR.split(head.title)[-1]
    if last != head.title and len(last) <= _LONGEST_IN_TITLE:
        yield last, "meta"


def _scripts(facts: Facts) -> Iterator[tuple[str, Origin]]:
    """Yield what the scripts of the page say, if they name one date and no list of things."""
    if text := stated_in_scripts(facts.tree):
        yield text, "generic"


def _times(facts: Facts) -> Iterator[tuple[str, Origin]]:
    """Yield the moments that stand far from the title; they are looked for only where asked."""
    for text, label in times_anywhere(facts):
        if label in {"published", ""}:
            yield text, "generic"


def _elsewhere(facts: Facts) -> Iterator[tuple[str, Origin]]:
    """Yield dates that stand far from the title, in places marked as such."""
    yield from _meaning(list(labelled_lines(facts)), "published")
    marked = [*times_anywhere(facts), *lines_anywhere(facts)]
    yield from _meaning(marked, "published")
    yield from _meaning(marked, "")


def _meaning(printed: list[Printed], meaning: str) -> Iterator[tuple[str, Origin]]:
    for text, label in printed:
        if label == meaning:
            yield text, "generic"


def _structured(structured: Structured, *keys: str) -> Iterator[tuple[str, Origin]]:
    for key in keys:
        for value in structured.values(key):
            yield str(value), "json-ld"


def _meta(head: Head, names: tuple[str, ...]) -> Iterator[tuple[str, Origin]]:
    for name in names:
        for value in head.metas.get(name, ()):
            yield value, "meta"


def _microdata(head: Head, name: str) -> Iterator[tuple[str, Origin]]:
    for element in head.items.get(name, ()):
        text = element.get("content") or element.get("datetime") or "".join(element.itertext())
        yield text, "microdata"
