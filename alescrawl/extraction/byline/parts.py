"""Cut a printed byline into parts that may each name one signatory."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from alescrawl.extraction.byline.names import is_given_name
from alescrawl.extraction.byline.words import agencies, openings, phrases, words
from alescrawl.text.date_words import MONTHS
from alescrawl.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 600
"""Characters of a byline that are read; what is longer is cut at a separator."""

EMAIL: Final = re.compile(r"(?:mailto:)?([\w.+-]{1,64})@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_NOT_NAMES = re.compile(r"https?://\S+|www\.\S+|(?<!\w)@[\w.]+|\[[^\[\]]{0,80}\]|[«»\"“”„*]")
SIGNS = re.compile(
    "[\u00ae\u2122\u2190-\u21ff\u2300-\u2bff\u3000-\u303f\ufe0e\ufe0f\u200d\U0001f000-\U0001faff]+"
)
"""Emoji, arrows, stars, signs of trade marks."""
_BRACKET = re.compile(r"\(([^()]{0,80})\)?")
_SEPARATOR = re.compile(r"[,;|/·•\n\t]|\s[-–—‑]+\s|(?<=[^\W\d_]{2})\s?:\s|(?<=[a-zà-ÿ]{3})\.\s")
_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"^(?:l|d)['’](?=\w)", re.IGNORECASE)
_MARKS = " .:!?'’-–—_&+>"


def parts_of(line: str) -> list[str]:
    """Return the parts of a byline, without mail addresses, credits and remarks."""
    parts = list(_parts(_cut(line)))
    return [" ".join(reversed(parts))] if _is_reversed(parts) else parts


def _cut(line: str) -> str:
    """Return as many whole parts of a long *line* as are read."""
    if len(line) <= LONGEST:
        return line
    return line[:LONGEST].rpartition(",")[0]


def _parts(line: str) -> Iterator[str]:
    """Yield the parts of a byline that may each name one signatory."""
    line = EMAIL.sub(" , ", _credits().sub(" , ", line.replace("’", "'")))
    line = _who_photographs().sub(" , ", _without_pointer(line))
    line = SIGNS.sub(_sign, _NOT_NAMES.sub(" ", line))
    for piece in _SEPARATOR.split(_BRACKET.sub(_from_bracket, line)):
        yield from _joined_names(piece)


def _sign(match: re.Match[str]) -> str:
    """Part what stands on both sides of an emoji; a mark of trade belongs to the name."""
    return "" if match[0] in {"\u00ae", "\u2122"} else " , "


def _from_bracket(match: re.Match[str]) -> str:
    """Keep of a remark in brackets what names an agency, and a maiden or middle name."""
    return f" , {match[1]} , " if match[1].strip() in agencies() else " "


def _joined_names(piece: str) -> Iterator[str]:
    """Yield the texts between the conjunctions of *piece*; what follows « avec » keeps it."""
    current: list[str] = []
    for word in piece.split():
        folded = word.casefold()
        begins = folded in words("midst") or word == "Von"
        if current and begins and not _is_name_so_far(current):
            current = []
            continue
        is_join = folded in words("conjunctions") and not (len(word) == 1 and word.isupper())
        if is_join or (current and folded in words("companions")):
            yield " ".join(current)
            current = []
        else:
            current.append(word)
    yield " ".join(current)


def _is_name_so_far(parts: list[str]) -> bool:
    """Tell « Jean Roux par … », which goes on, from « Article écrit par … », which begins."""
    return len(parts) > 1 and all(part[0].isupper() for part in parts)


def _is_reversed(parts: list[str]) -> bool:
    """Tell whether two parts are one person's: « Dupont, Jean »."""
    if len(parts) != 2 or any(" " in part for part in parts):  # noqa: PLR2004
        return False
    if not parts[1].istitle() or not (parts[0].istitle() or parts[0].isupper()):
        return False
    return is_given_name(parts[1]) and not is_given_name(parts[0])


def opening_of(text: str) -> str | None:
    """Return the words that introduce the names in *text*, folded: « propos recueillis par »."""
    folded = text.casefold()
    first = _WORD.match(folded)
    likely = openings().get(first[0], ()) if first else ()
    return next((opening for opening in likely if _opens(folded, opening)), None)


def bare(part: str) -> str:
    """Return *part* without what stands before the names."""
    text = part.strip(_MARKS)
    for _ in range(4):
        opening = opening_of(text)
        if opening is None:
            break
        text = text[len(opening) :].lstrip(_MARKS)
    return _ARTICLE.sub("", text, count=1)


def _opens(folded: str, opening: str) -> bool:
    rest = folded[len(opening) : len(opening) + 1]
    return folded.startswith(opening) and rest in {"", " ", ":", "\xa0"}


@cache
def _credits() -> re.Pattern[str]:
    """Return what finds a photo credit, up to the next strong separator."""
    names = "|".join(sorted(words("credits"), key=len, reverse=True))
    joined = "".join(f"(?<!{word} )" for word in ("et", "and", "und", "och", "&"))
    return re.compile(rf"(?:{joined}(?<!\w)(?:{names})\s?[:©]|©)[^|;\n]*", re.IGNORECASE)


@cache
def _who_photographs() -> re.Pattern[str]:
    """Return what finds « et Lise Hortal (photos) »."""
    names = "|".join(sorted(map(re.escape, words("credits")), key=len, reverse=True))
    return re.compile(
        rf"(?:^|[,;/]|\b(?:et|and|und)\b|&)[^,;/()&]{{1,60}}\(\s*(?:{names})\s*\)", re.IGNORECASE
    )


def _without_pointer(line: str) -> str:
    """Cut « Voir tous les articles de … » where it is not all that the line says."""
    shorter = _to_their_pages().sub(" , ", line)
    return shorter if any(map(str.isalnum, shorter)) else line


@cache
def _to_their_pages() -> re.Pattern[str]:
    """Return what finds « Voir tous les articles de … » up to the next separator."""
    listed = sorted(phrases("to_their_pages"), key=len, reverse=True)
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)[^,;|\n]*", re.IGNORECASE
    )


def without_date(text: str) -> str:
    """Cut a date that follows the name without a separator."""
    parts = text.split()
    for at, part in enumerate(parts[1:], start=1):
        if part[0].isdigit() or part.casefold().strip(":.") in words("date_verbs"):
            return " ".join(_without_lead_in(parts[:at], parts[at + 1 : at + 2]))
    return text


def _without_lead_in(parts: list[str], then: list[str]) -> list[str]:
    """Return *parts* without the words that led to the date: « Jean Roux le », « Jo Reed Dec ».

    Where *then*, the word after the number, is a month, the last of the parts is none.
    """
    month_first = not any(map(_is_month, then))
    while len(parts) > 1 and (parts[-1].islower() or (month_first and _is_month(parts[-1]))):
        parts = parts[:-1]
    return parts


def _is_month(word: str) -> bool:
    return fold(word).strip(".,") in MONTHS


def without_role(text: str) -> str:
    """Cut a role, a place or a house that follows the name without a separator."""
    parts = text.split()
    for at, part in enumerate(parts):
        folded = part.casefold().strip(".,:")
        ends = folded in words("roles") or (folded in words("after_name") and part.islower())
        ends = ends or (at > 0 and part.isupper() and folded in words("role_acronyms"))
        if ends or (at > 1 and folded in _tails()):
            parts = parts[:at]
            break
    while len(parts) > 2 and _is_tail(parts[-1]):  # noqa: PLR2004
        parts.pop()
    return " ".join(parts)


def _is_tail(word: str) -> bool:
    """Tell what stands between a name and an office, or behind a name, and belongs to neither."""
    folded = word.casefold().strip(".,:&")
    if folded in words("role_subjects"):
        return word[0].isupper()
    return not folded or folded in _ends()


@cache
def _ends() -> frozenset[str]:
    return words("role_modifiers") | words("name_tails") | words("credentials")


@cache
def _tails() -> frozenset[str]:
    return words("after_name") | words("date_labels") | words("roles_behind")
