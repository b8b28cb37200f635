"""From a form in the text to what it says: a year, a day of some year, or so far from today."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from alescrawl.entities.dates import relative as relative_days
from alescrawl.entities.dates.days import Days, months, one_day, whole_year
from alescrawl.entities.dates.forms import DECADES, ORDINALS, SEASONS, WEEKDAYS
from alescrawl.text.date_words import FRENCH_MONTHS

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

_DECEMBER, _HUNDRED = 12, 100
_THIS_CENTURY = 20


@dataclass(slots=True)
class Part:
    """A date as the text has it, alone or one end of a range."""

    start: int
    end: int
    form: str
    """day, month, season, term, year, fixed or relative."""
    in_year: Callable[[int], Days | None] | None = None
    """What it is in a given year, for what comes back every year."""
    year: int | None = None
    turn: int = 0
    """-1 for « dernier », 1 for « prochain »."""
    weekday: int | None = None
    """Day of the week of its first day, Monday is 0."""
    days: Days | None = None
    """What it is, once known."""


def part_of(found: re.Match[str], published: Days | None) -> Part:
    """Return what the form *found* says, to a reader on *published*."""
    part = _READERS[found.lastgroup or ""](found, published)
    part.start, part.end = found.span()
    return part


def _number(found: re.Match[str], group: str) -> int | None:
    return int(found[group]) if found[group] else None


def _turn(words: str | None) -> int:
    return 0 if not words else 1 if "proch" in words else -1


def _fixed(days: Days | None) -> Part:
    return Part(0, 0, "fixed", days=days)


def _iso(found: re.Match[str], _published: Days | None) -> Part:
    year, month, day = map(int, found["iso"].split("-"))
    return _fixed(one_day(year, month, day))


def _numeric(found: re.Match[str], _published: Days | None) -> Part:
    day, month, year = map(int, found["numeric"].split(found["sep"]))
    return _fixed(one_day(year, month, day))


def _short(found: re.Match[str], _published: Days | None) -> Part:
    """« le 12/03 »."""
    day = int(found["short_day"])
    return Part(0, 0, "day", partial(_days_in, int(found["short_month"]), day, day))


def _days_in(month: int, first: int, last: int, year: int) -> Days | None:
    begin, end = one_day(year, month, first), one_day(year, month, last)
    return Days(begin.first, end.last) if begin and end and begin <= end else None


def _day_number(words: str) -> int:
    digits = words.removesuffix("er")
    return int(digits) if digits.isdigit() else 1


def _day(found: re.Match[str], _published: Days | None) -> Part:
    month = FRENCH_MONTHS[found["day_month"]]
    first = last = _day_number(found["first_day"])
    if found["more"]:
        last = _day_number(found["more"].replace("-", " ").replace("/", " ").split()[-1])
    in_year = partial(_days_in, month, first, last)
    part = Part(0, 0, "day", in_year, _number(found, "day_year"), _turn(found["day_turn"]))
    part.weekday = WEEKDAYS.get(found["weekday"] or "")
    return part


def _months_in(first: int, last: int, year: int) -> Days | None:
    return months(year, first, last)


def _term(found: re.Match[str], _published: Days | None) -> Part:
    length = 6 if "s" in (found["short_unit"], (found["unit"] or "")[:1]) else 3
    number = _number(found, "number") or ORDINALS.get(found["ordinal"] or "", _DECEMBER // length)
    last = min(number * length, _DECEMBER)
    in_year = partial(_months_in, last - length + 1, last)
    return Part(0, 0, "term", in_year, _number(found, "term_year"))


def _decade(found: re.Match[str], _published: Days | None) -> Part:
    ten = DECADES.get(found["ten"]) or int(found["ten"])
    first = ten if ten >= _HUNDRED else 1900 + ten
    start, end = {"debut": (0, 3), "fin": (7, 9), "milieu": (4, 6)}.get(found["decade_mod"], (0, 9))
    return _fixed(_years(first + start, first + end))


def _years(first: int, last: int) -> Days | None:
    begin, end = whole_year(first), whole_year(last)
    return Days(begin.first, end.last) if begin and end else None


def _quarters(mod: str | None) -> tuple[int, int]:
    """Return the months of a year that « début », « mi » or « fin » means."""
    return {"debut": (1, 3), "fin": (10, 12), "mi": (6, 7), "milieu": (6, 7)}.get(
        mod or "", (1, 12)
    )


def _plain(found: re.Match[str], published: Days | None) -> Part:
    if found["month"]:
        month = FRENCH_MONTHS[found["month"]]
        in_year = partial(_months_in, month, month)
        year, turn = _number(found, "month_year"), _turn(found["month_turn"])
        return Part(0, 0, "month", in_year, year, turn)
    if found["season"]:
        in_year = partial(_months_in, *SEASONS[found["season"]])
        return Part(0, 0, "season", in_year, _number(found, "season_year"))
    if found["of_month"]:
        return Part(0, 0, "relative", days=relative_days.this("mois", published))
    in_year = partial(_months_in, *_quarters(found["mod"]))
    year = _number(found, "year") or _number(found, "of_year_year")
    if year is None:
        this_year = relative_days.this("annee", published)
        year = this_year.first.year if this_year else None
    return Part(0, 0, "year", in_year, year)


def _away(found: re.Match[str], published: Days | None) -> Part:
    return Part(0, 0, "relative", days=relative_days.away(found["away"], published))


def _this(found: re.Match[str], published: Days | None) -> Part:
    noun, mod = found["this_noun"], found["this_mod"]
    if found["this_month"]:
        month = FRENCH_MONTHS[found["this_month"]]
        return Part(0, 0, "month", partial(_months_in, month, month))
    if noun in WEEKDAYS:
        days = relative_days.weekday(WEEKDAYS[noun], published, 0)
    elif noun in SEASONS:
        return Part(0, 0, "season", partial(_months_in, *SEASONS[noun]))
    elif found["this_year"]:
        days = months(int(found["this_year"]), *_quarters(mod))
    else:
        days = relative_days.this(noun, published)
        if days and noun == "annee":
            days = months(days.first.year, *_quarters(mod))
    return Part(0, 0, "relative", days=days)


def _turned(found: re.Match[str], published: Days | None) -> Part:
    noun, turn = found["turned_noun"], _turn(found["turn"])
    if noun in SEASONS:
        return Part(0, 0, "season", partial(_months_in, *SEASONS[noun]), turn=turn)
    days = relative_days.this(noun, published, turn)
    if days and noun in {"an", "annee"}:
        days = months(days.first.year, *_quarters(found["turned_mod"]))
    return Part(0, 0, "relative", days=days)


def _numbered(found: re.Match[str], published: Days | None) -> Part:
    """« samedi 3 », of the month where that is a Saturday."""
    weekday, day = WEEKDAYS[found["numbered_weekday"]], _day_number(found["day_number"])
    return Part(0, 0, "relative", days=relative_days.numbered(weekday, day, published))


def _bare_weekday(found: re.Match[str], _published: Days | None) -> Part:
    part = Part(0, 0, "weekday", turn=_turn(found["weekday_turn"]))
    part.weekday = WEEKDAYS[found["bare_weekday"]]
    return part


_READERS: Final = {
    "iso": _iso,
    "numeric": _numeric,
    "short": _short,
    "day": _day,
    "numbered": _numbered,
    "away": _away,
    "this": _this,
    "turned": _turned,
    "in_week": _bare_weekday,
    "term": _term,
    "decade": _decade,
    "plain": _plain,
}
