"""Joins the pages of a split article into one, in order, and says what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alescrawl.extraction.canonical import canonical_url

if TYPE_CHECKING:
    from alescrawl.crawling.pages.reader import ReadPage
    from alescrawl.items import Article, ParagraphKind

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
