"""Joins the parts of a split article into one, in order, and says what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alescrawl.crawling.discovery.single_request import OK, ask
from alescrawl.crawling.failures import DOWNLOAD_ERRORS
from alescrawl.crawling.pages.raw import raw_page
from alescrawl.extraction.canonical import canonical_url

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from scrapy.http import Response

    from alescrawl.crawling.discovery.spider import NewsSpider
    from alescrawl.crawling.pages.reader import ReadPage
    from alescrawl.items import Article, ParagraphKind, RawPage

    Extract = Callable[[Response, str], Awaitable[ReadPage | None]]

MOST_PARTS: Final = 40
MISSING = "part_missing"
"""Among an article's problems: a part of its text could not be had, and is asked for again."""

_REPEATED: Final = 40
"""Characters from which a paragraph that an earlier part has is repeated, not said again."""
_LATER_KINDS: Final[dict[str, ParagraphKind]] = {"lead": "paragraph"}


class Parts:
    """The parts of one article that is being put together."""

    def __init__(self, read: ReadPage) -> None:
        self._first = read.article
        self._texts = {1: read.article.paragraphs}
        self._absent: set[int] = set()
        self._last = read.article
        self._told = {1}
        self.waiting: dict[int, str] = {}
        self._wait_for(read)

    def take(self) -> tuple[int, str]:
        """Return the number and the address of the next part to ask for."""
        number = min(self.waiting)
        return number, self.waiting.pop(number)

    def add(self, number: int, read: ReadPage) -> None:
        """Keep the part *number*, and ask for those that it tells of."""
        article = read.article
        _reserve_like(article, self._first)
        said = {p.text for text in self._texts.values() for p in text}
        new = [p for p in article.paragraphs if len(p.text) < _REPEATED or p.text not in said]
        if canonical_url(article.url) == canonical_url(self._first.url) or not new:
            # The server knows no such part and shows the first, or another page of comments.
            self._absent.add(number)
            return
        self._texts[number] = [replace(p, kind=_LATER_KINDS.get(p.kind, p.kind)) for p in new]
        self._last = article if number == max(self._texts) else self._last
        self._wait_for(read)

    def _wait_for(self, read: ReadPage) -> None:
        """Take up the parts that a page tells of, each once."""
        for number, url in read.split.later:
            if number <= MOST_PARTS and number not in self._told:
                self._told.add(number)
                self.waiting[number] = url

    def join(self, missing: set[int]) -> None:
        """Give the first part the text of all; *missing* are the numbers of those not had."""
        first, last = self._first, self._last
        numbers = sorted(self._texts)
        first.set_paragraphs([p for number in numbers for p in self._texts[number]])
        gaps = set(range(1, max(numbers))) - self._texts.keys() - self._absent
        if missing | gaps:
            first.problems.append(MISSING)
        if not (first.authors or first.agencies):
            _copy(last, first, ("authors", "agencies", "byline"))
        # « Read on » at the end of the first page is no paywall.
        _copy(last, first, ("access_seen_truncated", "access"))


def _copy(source: Article, target: Article, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(target, name, getattr(source, name))
        target.provenance.pop(name, None)
        if name in source.provenance:
            target.provenance[name] = source.provenance[name]


def _reserve_like(part: Article, whole: Article) -> None:
    """Reserve the *whole* where one *part* is reserved."""
    known = set(whole.rights_signals)
    whole.rights_signals += [signal for signal in part.rights_signals if signal not in known]
    if part.tdm_reserved:
        _copy(part, whole, ("tdm_reserved", "tdm_policy"))


async def join_parts(spider: NewsSpider, read: ReadPage, extract: Extract) -> list[RawPage]:
    """Add to the article of *read* the text of its later parts; return their pages as they came."""
    pages: list[RawPage] = []
    parts = Parts(read)
    missing: set[int] = set()
    while parts.waiting:
        number, url = parts.take()
        response = await _download(spider, url)
        page = await extract(response, read.article.url) if response is not None else None
        spider.run.count("part/missing" if page is None else "part/read")
        if response is None or page is None:
            missing.add(number)
        else:
            pages.append(raw_page(response))
            parts.add(number, page)
    parts.join(missing)
    return pages


async def _download(spider: NewsSpider, url: str) -> Response | None:
    try:
        response = await ask(spider, url)
    except DOWNLOAD_ERRORS:
        return None
    return response if response.status == OK else None
