"""Dates, sums of money and jobs of a text, found together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.entities.dates.dates import dates_in
from alescrawl.entities.dates.days import days_of
from alescrawl.entities.values.amounts import amounts_in
from alescrawl.entities.values.jobs import jobs_in
from alescrawl.text.numbered import Folded

if TYPE_CHECKING:
    from datetime import date

    from alescrawl.items import Mention


def find_values(text: str, published: date | str | None = None) -> list[Mention]:
    """Return the dates, sums and jobs of *text*, in order; no two overlap.

    *published* is as for :func:`alescrawl.entities.dates.dates.find_dates`.
    """
    folded = Folded(text)
    found = [*amounts_in(folded), *jobs_in(folded), *dates_in(folded, days_of(published))]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: m.start):  # of two at one place, the sum first
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
