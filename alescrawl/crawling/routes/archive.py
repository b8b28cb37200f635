"""Reading archives by day or month, whose addresses are made from the calendar, newest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from alescrawl.crawling.routes.listing import listed_in, tree_of
from alescrawl.crawling.routes.model import Archive, Onward
from alescrawl.crawling.routes.pagination import next_pages, place
from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from alescrawl.crawling.routes.model import Answer
    from alescrawl.dataset.ledger.hints import Listed


def read_archive(answer: Answer) -> Iterator[Listed | Onward]:
    """Yield the articles of a day or month, and its next page, or the day or month before it.

    Raises :exc:`alescrawl.crawling.routes.model.UnreadableRoute`: ``empty_body`` or ``not_html``.
    """
    route = answer.route
    further = None
    if answer.status not in route.statuses:
        tree = tree_of(answer)
        yield from listed_in(tree, answer.url)
        own = place(answer.url).listing
        pages = (url for url in next_pages(tree, answer.url) if place(url).listing == own)
        further = next(pages, None)
    if isinstance(route, Archive):
        yield _following(route, further)


def _following(route: Archive, further: str | None) -> Onward:
    if further is not None:
        return Onward(replace(route, further=further), next_page=True)
    before = route.first_day - timedelta(days=1)
    return Onward(replace(route, day=before, further=""), lastmod=_end_of(before), next_page=True)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59, tzinfo=PARIS))
