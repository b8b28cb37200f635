"""Completes an article with what the routes said of it, where its page says nothing or less."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from alescrawl.dataset.ledger.connection import text_instant
from alescrawl.dataset.ledger.hints import LINK
from alescrawl.extraction.body.leads import LEAD_CUT, whole_of
from alescrawl.extraction.byline.byline import parse_byline
from alescrawl.extraction.dates.page_dates import PUBLISHED_APART
from alescrawl.items import PARIS
from alescrawl.text.normalise import as_printed, normalise

if TYPE_CHECKING:
    from collections.abc import Callable

    from alescrawl.dataset.ledger.hints import Hints, RouteOrigin
    from alescrawl.items import Article

_CLOCKS_DIFFER_BY = timedelta(hours=1)
LONGEST_LEAD = 1_000
_CUT = re.compile(r"(?:…|\.\.\.)[^…]{0,40}$")
"""The end of what a system cut off, with or without a link to the rest."""


def complete(article: Article, hints: Hints) -> None:
    """Set the fields of *article* that are empty from *hints*, with the route as provenance."""
    for name, (value, origin) in hints.items():
        if name != LINK:
            _SETTERS[name](article, value, origin)


def _published(article: Article, value: str, origin: RouteOrigin) -> None:
    moment = _past(article, value)
    if moment is not None and _says_more(article, moment):
        article.published = moment
        article.published_raw = value
        article.published_precision = _precision(moment)
        article.provenance["published"] = origin
        article.problems = [name for name in article.problems if name != PUBLISHED_APART]


def _says_more(article: Article, moment: datetime) -> bool:
    """Tell whether a route's *moment* is surer, or finer, than the date that the page gave.

    The page's is the less sure where it stands away from title and byline, and less fine where it
    is the day of *moment* alone.
    """
    if article.published is None or PUBLISHED_APART in article.problems:
        return True
    is_day = article.published_precision == "day" and _precision(moment) != "day"
    return is_day and article.published.astimezone(PARIS).date() == moment.astimezone(PARIS).date()


def _modified(article: Article, value: str, origin: RouteOrigin) -> None:
    moment = _past(article, value)
    if article.modified is None and moment is not None:
        article.modified = moment
        article.modified_raw = value
        article.provenance["modified"] = origin


def _past(article: Article, value: str) -> datetime | None:
    """Return the moment *value*, unless the page was fetched before it."""
    moment, fetched = text_instant(value), article.fetched_at
    if moment is None or (fetched is not None and moment > fetched + _CLOCKS_DIFFER_BY):
        return None
    return moment


def _precision(moment: datetime) -> str:
    """Return what a route's date is good for: one without a time was read as midnight in Paris."""
    local = moment.astimezone(PARIS)
    return "second" if (local.hour, local.minute, local.second) != (0, 0, 0) else "day"


def _title(article: Article, value: str, origin: RouteOrigin) -> None:
    if not article.title:
        _set(article, "title", as_printed(value), origin)
        # The title is part of what the hash is made of.
        article.set_paragraphs(article.paragraphs)


def _authors(article: Article, value: list[str], origin: RouteOrigin) -> None:
    if article.authors or article.agencies or article.byline:
        return
    signed = parse_byline(", ".join(value), publisher=article.publisher)
    _set(article, "authors", signed.authors, origin)
    _set(article, "agencies", signed.agencies, origin)
    if signed.authors or signed.agencies:
        _set(article, "byline", signed.raw, origin)


def _section(article: Article, value: str, origin: RouteOrigin) -> None:
    if not article.section:
        _set(article, "section", as_printed(value), origin)


def _tags(article: Article, value: list[str], origin: RouteOrigin) -> None:
    if not article.tags:
        _set(article, "tags", list(filter(None, map(as_printed, value))), origin)


def _excerpt(article: Article, value: str, origin: RouteOrigin) -> None:
    """Take an excerpt as the lead, unless the system made it by cutting the text off."""
    lead = as_printed(value)
    if LEAD_CUT in article.problems and not article.tdm_reserved:
        _complete_lead(article, lead, origin)
    if article.lead or article.tdm_reserved or len(lead) > LONGEST_LEAD or _CUT.search(lead):
        return
    plain = normalise(lead)
    first = article.paragraphs[0] if article.paragraphs else None
    if first is not None and normalise(first.text) == plain:
        first.kind = "lead"
    elif plain in normalise(article.text or ""):
        return
    _set(article, "lead", lead, origin)


def _complete_lead(article: Article, whole: str, origin: RouteOrigin) -> None:
    """Put a route's *whole* lead where the page cut its own off."""
    cut = article.lead or (article.paragraphs[0].text if article.paragraphs else "")
    if len(whole) > LONGEST_LEAD or whole_of(cut, [whole]) is None:
        return
    for paragraph in article.paragraphs[:2]:
        if paragraph.text == cut:
            paragraph.text = whole
    article.set_paragraphs(article.paragraphs)
    article.problems.remove(LEAD_CUT)
    if article.lead:
        _set(article, "lead", whole, origin)


def _set(article: Article, name: str, value: Any, origin: RouteOrigin) -> None:  # noqa: ANN401 - any field's
    if value:
        setattr(article, name, value)
        article.provenance[name] = origin


_SETTERS: dict[str, Callable[[Article, Any, RouteOrigin], None]] = {
    "published": _published,
    "modified": _modified,
    "title": _title,
    "authors": _authors,
    "section": _section,
    "tags": _tags,
    "excerpt": _excerpt,
}
