"""Days that can only be told from the day of publication: hier, cette semaine, l'an dernier."""

from __future__ import annotations

from typing import Final

from alescrawl.entities.dates.days import Days, months, shifted, whole_year
from alescrawl.entities.dates.forms import DAYS_AWAY

_WEEK: Final = 7
_A_MONTH: Final = 31
_SATURDAY: Final = 5
_DECEMBER: Final = 12
_LENGTHS: Final = {"mois": 1, "trimestre": 3, "semestre": 6, "annee": 12, "an": 12}
"""Months in what is counted from January on."""
_WEEKEND: Final = frozenset({"week-end", "weekend"})


def away(word: str, published: Days | None) -> Days | None:
    """Return the day that « hier », « demain » … means."""
    if published is None or not published.is_day:
        return None
    return shifted(published, DAYS_AWAY[word])


def this(noun: str, published: Days | None, turn: int = 0) -> Days | None:
    """Return what « ce mois », « cette semaine », « ce soir » … means.

    With *turn* -1 or 1 it is the one before or after: « le mois dernier ». ``None`` where the
    publication is not known so exactly.
    """
    if published is None:
        return None
    if noun in _LENGTHS:
        return _counted(_LENGTHS[noun], published, turn)
    if not published.is_day:
        return None
    if noun == "semaine":
        return _week(published, turn)
    return _weekend(published, turn) if noun in _WEEKEND else published


def _counted(length: int, published: Days, turn: int) -> Days | None:
    first, last = ((day.year * 12 + day.month - 1) // length for day in published)
    if first != last:
        return None
    year, month = divmod((first + turn) * length, 12)
    if length == _DECEMBER:
        return whole_year(year)
    return months(year, month + 1, month + length)


def _week(published: Days, turn: int) -> Days | None:
    return _together(shifted(published, turn * _WEEK - published.first.weekday()), _WEEK)


def _weekend(published: Days, turn: int) -> Days | None:
    """Return the weekend; on Monday and Tuesday « ce week-end » is the one before."""
    day = published.first.weekday()
    weeks = turn
    if turn == 0:
        weeks = -1 if day <= 1 else 0
    elif turn > 0 and day < _SATURDAY:
        weeks = 0
    return _together(shifted(published, _SATURDAY - day + weeks * _WEEK), 2)


def _together(first: Days | None, count: int) -> Days | None:
    """Return *count* days from *first* on."""
    last = shifted(first, count - 1) if first else None
    return Days(first.first, last.last) if first and last else None


def weekday(number: int, published: Days | None, turn: int) -> Days | None:
    """Return the day of the week *number* (Monday is 0) around the publication.

    *turn* -1 is the last one before it, 1 the next one after it, 0 the last one, that day included.
    """
    if published is None or not published.is_day:
        return None
    ago = (published.first.weekday() - number) % _WEEK
    if turn < 0:
        return shifted(published, -(ago or _WEEK))
    return shifted(published, _WEEK - ago if turn > 0 else -ago)


def numbered(weekday_number: int, day: int, published: Days | None) -> Days | None:
    """Return the nearest *day* of a month that is that day of the week; at most a month away."""
    if published is None or not published.is_day:
        return None
    for distance in range(_A_MONTH + 1):
        for away_by in (-distance, distance):
            found = shifted(published, away_by)
            if found and found.first.day == day and found.first.weekday() == weekday_number:
                return found
    return None
