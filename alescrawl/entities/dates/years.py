"""Which year, or which week, a date without one is of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alescrawl.entities.dates import relative as relative_days
from alescrawl.entities.dates.forms import PHRASES
from alescrawl.text.numbered import one_of

if TYPE_CHECKING:
    from alescrawl.entities.dates.days import Days
    from alescrawl.entities.dates.parts import Part
    from alescrawl.text.numbered import Folded

_COMING_WORDS: Final = re.compile(rf"(?<!\w)(?:{one_of(PHRASES['coming']['words'].split())})(?!\w)")
_COMING_VERBS: Final = re.compile(
    r"(?<!\w)(?!aurai|serai)\w{1,20}(?:[eiudtv]r(?:a|ont)|[eiud]rai(?:t|ent))(?!\w)"
)
"""Future and conditional, but for « aurait », which only doubts; « opéra » has its accent."""
_BEFORE: Final = re.compile(r"(?<!\w)avant (?:l[ea] |l'|la fin )?$")
_REACH: Final = 120
_NEAR, _FAR, _DOUBTFUL = 1.0, 4.0, 1.8
_YEARS_AROUND: Final = range(-1, 2)
_YEARS_OF_WEEKDAY: Final = range(-4, 4)


def resolve(part: Part, published: Days | None, folded: Folded) -> None:
    """Set the days of *part*, if they can be known from the text and the publication."""
    if part.days is not None:
        return
    if part.form == "weekday" and part.weekday is not None:
        turn = part.turn or int(_is_coming(part, folded))
        part.days = relative_days.weekday(part.weekday, published, turn)
    elif part.in_year is not None and part.year is not None:
        part.days = part.in_year(part.year)
    elif part.in_year is not None and published is not None:
        part.days = _nearest(part, published, folded)


def _nearest(part: Part, published: Days, folded: Folded) -> Days | None:
    candidates = _candidates(part, published)
    if part.turn < 0:
        return next((c for c in reversed(candidates) if _is_over(c, published)), None)
    if part.turn > 0:
        return next((c for c in candidates if c.first > published.first), None)
    if not candidates:
        return None
    usual = _closest(candidates, published, coming=False)
    ahead = _closest(candidates, published, coming=True)
    return ahead if usual != ahead and _is_coming(part, folded) else usual


def _closest(candidates: list[Days], published: Days, *, coming: bool) -> Days:
    return min(candidates, key=lambda days: _distance(days, published, coming=coming))


def _candidates(part: Part, published: Days) -> list[Days]:
    """Return what *part* is in the years around, in order: those of its day of the week, if any."""
    if part.in_year is None:
        return []
    years = _YEARS_AROUND if part.weekday is None else _YEARS_OF_WEEKDAY
    found = [part.in_year(published.first.year + away) for away in years]
    candidates = [days for days in found if days is not None]
    fitting = [c for c in candidates if c.first.weekday() == part.weekday]
    return fitting or candidates


def _is_over(days: Days, published: Days) -> bool:
    return days.last < published.last or (not published.is_day and days.last == published.last)


def _distance(days: Days, published: Days, *, coming: bool) -> float:
    """Return how far *days* are away: what is past is nearer, unless the sentence looks ahead."""
    if days.first <= published.last and days.last >= published.first and published.is_day:
        return 0
    away = (days.middle - published.middle).days
    if away < 0:
        return -away * (_FAR if coming else _NEAR)
    return away * (_NEAR if coming else _DOUBTFUL)


def _is_coming(part: Part, folded: Folded) -> bool:
    """Whether the sentence speaks of what is still to come."""
    first, last = folded.sentence_around(part.start, part.end, _REACH)
    if _BEFORE.search(folded.folded, first, part.start):
        return True
    if _COMING_WORDS.search(folded.folded, first, last):
        return True
    return _COMING_VERBS.search(folded.text, first, last) is not None
