"""Dates in a text, as the first and last day of what is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alescrawl.entities.dates.context import begins
from alescrawl.entities.dates.days import Days, days_of
from alescrawl.entities.dates.forms import DATE
from alescrawl.entities.dates.parts import Part, part_of
from alescrawl.entities.dates.ranges import join
from alescrawl.text.numbered import Folded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from alescrawl.items import Mention

_SCORES: Final = {"fixed": 0.95, "day": 0.95, "year": 0.85, "weekday": 0.7}
_USUAL: Final = 0.9


def find_dates(text: str, published: date | str | None = None) -> list[Mention]:
    """Return the dates in *text*, in order, resolved on the day it was *published*.

    *published* is a date, a date-time, or ISO text that may be only a month or a year.
    ``date_start`` and ``date_end`` are empty where they cannot be known. A range is one mention
    (« du 24 au 26 juin »). Durations and offsets (« il y a six mois »), « aujourd'hui », hours, and
    the year in the name of a programme (« France 2030 ») are left out.
    """
    return dates_in(Folded(text), days_of(published))


def dates_in(folded: Folded, published: Days | None) -> list[Mention]:
    """Return the dates in a folded text, as :func:`find_dates` does."""
    parts = join(list(_parts(folded, published)), published, folded)
    return [_mention(part, folded) for part in parts]


def _parts(folded: Folded, published: Days | None) -> Iterator[Part]:
    for found in DATE.finditer(folded.folded):
        start = begins(found, folded)
        part = part_of(found, published) if start is not None else None
        if start is not None and part is not None and _exists(part):
            part.start = start
            yield part


def _exists(part: Part) -> bool:
    """Whether there is such a day: no 31 April, no month 13."""
    if part.form == "fixed":
        return part.days is not None
    return part.form != "day" or bool(part.in_year and part.in_year(part.year or 2000))


def _mention(part: Part, folded: Folded) -> Mention:
    first, last = part.days or (None, None)
    score = _SCORES.get(part.form, _USUAL)
    return folded.mention("date", part.start, part.end, score, date_start=first, date_end=last)
