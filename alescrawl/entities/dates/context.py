"""Whether words that have the form of a date are one where they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alescrawl.entities.dates.forms import PHRASES
from alescrawl.text.numbered import one_of

if TYPE_CHECKING:
    from alescrawl.text.numbered import Folded

_YEARS: Final[dict[str, str]] = PHRASES["years"]
_PROGRAMMES, _STRONG, _COUNTS, _NO_NOUNS, _HABITS = (
    frozenset(_YEARS[name].split())
    for name in ("programmes", "before", "counts", "no_nouns", "habits")
)
_UNIT: Final = re.compile(rf"[ ]?(?:{one_of(_YEARS['units'].split())})(?!\w)")
_EVENT: Final = re.compile(rf"[ ](?:{one_of(_YEARS['events'].split())})")
_FEAST: Final = re.compile(r" de (?:paques|pentecote)")
_LAST_WORD: Final = re.compile(r"([^\s(«\"]+)[ ]$")
_NEXT_WORD: Final = re.compile(r"[ ]([a-z']+)")
_SEASON_AFTER: Final = re.compile(r"(?:\b(?:l'|cet |au |du |le |mi-|fin |debut )|\bla )$")
_ARTICLE: Final = re.compile(r"(?:\b(?:la|le)[ ]|\bl')$")
_CONTRACTED: Final = re.compile(r"\b(?:au|du)[ ]$")
_ROUGHLY: Final = ("plus de ", "moins de ", "pres de ", "nombre de ", "total de ", "un de ")
_BETWEEN: Final = re.compile(r"\bentre (?:le )?$")
_REACH = 24


def begins(found: re.Match[str], folded: Folded) -> int | None:
    """Return where the date that *found* may be begins; ``None`` where it is no date."""
    check = _CHECKS.get(found.lastgroup or "")
    return check(found, folded) if check else found.start()


def _word_before(start: int, folded: Folded) -> str:
    found = _LAST_WORD.search(folded.folded, max(0, start - _REACH), start)
    return found[1] if found else ""


def _day(found: re.Match[str], folded: Folded) -> int | None:
    """Take « entre » in, without which « le 3 et le 5 mai » are two days."""
    between = None
    if " et " in found["more"]:
        first = max(0, found.start() - _REACH)
        between = _BETWEEN.search(folded.folded, first, found.start())
    return between.start() if between else found.start()


def _away(found: re.Match[str], folded: Folded) -> int | None:
    """« le monde de demain » names no day."""
    adjective = folded.folded.endswith((" de ", "d'"), 0, found.start())
    return None if adjective else found.start()


def _this(found: re.Match[str], folded: Folded) -> int | None:
    """« ce soir-là » is of another day, also without its hyphen."""
    after = folded.text[found.end() : found.end() + 4].lower()
    anaphoric = after[:3] == " là" and not after[3:].isalpha()
    return None if anaphoric else found.start()


def _turned(found: re.Match[str], folded: Folded) -> int | None:
    """Take the article in: « la semaine dernière »; without one it is no date."""
    first = max(0, found.start() - _REACH)
    article = _ARTICLE.search(folded.folded, first, found.start())
    if article is not None:
        return article.start()
    contracted = _CONTRACTED.search(folded.folded, first, found.start())
    return found.start() if contracted or found["turned_mod"] else None


def _bare_weekday(found: re.Match[str], folded: Folded) -> int | None:
    if found["weekday_turn"]:
        return found.start()
    if _word_before(found.start(), folded) in _HABITS or _FEAST.match(folded.folded, found.end()):
        return None
    return found.start()


def _term(found: re.Match[str], _folded: Folded) -> int | None:
    """« T2 » without a year is a flat."""
    return None if found["short_unit"] and not found["term_year"] else found.start()


def _plain(found: re.Match[str], folded: Folded) -> int | None:
    start = found.start()
    if found["month"]:
        return start if _is_month(found, folded) else None
    if found["season"]:
        return start if _is_season(found, folded) else None
    if found["of_month"]:
        return start if "du mois" in found[0] else None
    if found["of_year"]:
        return _of_year(found, folded)
    return start if found["mod"] or _is_year(found, folded) else None


def _is_month(found: re.Match[str], folded: Folded) -> bool:
    """Whether it has company, or is in lower case: Mars and Avril are also names."""
    if found["mod"] or found["month_year"] or found["month_turn"]:
        return True
    if not folded.text[found.start("month")].isupper():
        return not folded.folded.startswith(" 68", found.end())
    return _word_before(found.start(), folded) in _STRONG


def _is_season(found: re.Match[str], folded: Folded) -> bool:
    if found["season_year"]:
        return True
    first = max(0, found.start("season") - _REACH)
    after_article = _SEASON_AFTER.search(folded.folded, first, found.start("season"))
    return after_article is not None and not _EVENT.match(folded.folded, found.end())


def _of_year(found: re.Match[str], folded: Folded) -> int | None:
    """« l'année 2016 » is a year; « fêtes de fin d'année » name no quarter."""
    if not found["mod"]:
        return found.start("of_year_year") if found["of_year_year"] else None
    adjective = folded.folded.endswith(" de ", 0, found.start())
    return None if adjective and not found["of_year_year"] else found.start()


def _is_year(found: re.Match[str], folded: Folded) -> bool:
    text, start, end = folded.folded, found.start(), found.end()
    if _UNIT.match(text, end) or _is_glued(text, start, end):
        return False
    before = _word_before(start, folded)
    if before in _STRONG:
        return True
    if before[-1:].isdigit() or before in _COUNTS or text.endswith(_ROUGHLY, 0, start):
        return False
    if before in _PROGRAMMES and _names_programme(start - 1 - len(before), folded):
        return False
    following = _NEXT_WORD.match(text, end)
    word = following[1] if following else ""
    plural = word.endswith(("s", "x")) and word not in _NO_NOUNS
    return not plural or folded.text[end + 1].isupper()


def _names_programme(start: int, folded: Folded) -> bool:
    """Whether the word at *start* has a capital and is no complement (« Tour de France 2026 »)."""
    complement = folded.folded.endswith(("de ", "d'"), 0, start)
    return not complement and not folded.text[start].islower()


def _is_glued(text: str, start: int, end: int) -> bool:
    """Whether the digits are part of something else: an address, a reference."""
    before, after = text[max(0, start - 5) : start], text[end : end + 2]
    if before[-1:] in {"-", "/", "."} and not before[:4].isdigit():
        return before[-2:-1] not in {" ", ""}
    if before[-1:] in {"°", "#", "@", "=", "+"}:
        return True
    return after[:1] in {"-", "/", ".", "@"} and after[1:2].isalpha()


_CHECKS: Final = {
    "day": _day,
    "away": _away,
    "this": _this,
    "turned": _turned,
    "in_week": _bare_weekday,
    "term": _term,
    "plain": _plain,
}
