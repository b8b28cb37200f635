"""Read a printed byline: the persons who signed, and the agencies and desks, apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from alescrawl.extraction.byline_words import agencies, openings, words
from alescrawl.extraction.names import person_name

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 600
"""Characters of a byline that are read; what is longer is cut at a separator."""

_SPACES = re.compile(r"\s+")
_NOT_NAMES = re.compile(r"https?://\S+|www\.\S+|(?<!\w)@[\w.]+|\[[^\[\]]{0,80}\]|[«»\"“”„*]")
_EMAIL = re.compile(r"(?:mailto:)?([\w.+-]{1,64})@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_BRACKET = re.compile(r"\(([^()]{0,80})\)?")
_SEPARATOR = re.compile(r"[,;|/·•\n\t]|\s[-–—‑]+\s|(?<=[^\W\d_]{2})\s?:\s|(?<=[a-zà-ÿ]{3})\.\s")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+){0,3}\.[a-z]{2,4}", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"(?:l|d)['’](?=\w)", re.IGNORECASE)


@dataclass(slots=True)
class Byline:
    """Who signed, in printed order.

    ``authors`` are persons; ``agencies`` are agencies, desks and publishers; ``raw`` is the
    byline as printed, on one line.
    """

    authors: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    raw: str = ""


def parse_byline(text: str, *, publisher: str | None = None) -> Byline:
    """Read the byline *text*; *publisher* is the site's own name, which is no person's.

    >>> parse_byline("Par Éric GIRAUDIER et Léa Martin (à Alès), avec AFP").authors
    ['Éric Giraudier', 'Léa Martin']
    """
    line = _SPACES.sub(" ", text[: 2 * LONGEST]).strip()
    signed = Byline(raw=line)
    reader = _Reader(signed, _folded(publisher or ""))
    parts = list(_parts(_cut(line)))
    if _is_reversed(parts):
        parts = [" ".join(reversed(parts))]
    for part in parts:
        reader.read(part)
    reader.finish(line)
    return signed


def _cut(line: str) -> str:
    """Return as many whole parts of a long *line* as are read."""
    if len(line) <= LONGEST:
        return line
    return line[:LONGEST].rpartition(",")[0]


def _parts(line: str) -> Iterator[str]:
    """Yield the parts of a byline that may each name one signatory."""
    line = _EMAIL.sub(" , ", _credits().sub(" , ", line.replace("’", "'")))
    line = _NOT_NAMES.sub(" ", line)
    for piece in _SEPARATOR.split(_BRACKET.sub(_from_bracket, line)):
        yield from _joined_names(piece)


def _from_bracket(match: re.Match[str]) -> str:
    """Keep of a remark in brackets what names an agency, and a maiden or middle name."""
    return f" , {match[1]} , " if match[1].strip() in agencies() else " "


def _joined_names(piece: str) -> Iterator[str]:
    """Yield the texts between the conjunctions of *piece*; what follows « avec » keeps it."""
    current: list[str] = []
    for word in piece.split():
        folded = word.casefold()
        is_join = folded in words("conjunctions") and not (len(word) == 1 and word.isupper())
        if is_join or (current and folded in words("companions")):
            yield " ".join(current)
            current = []
        else:
            current.append(word)
    yield " ".join(current)


def _is_reversed(parts: list[str]) -> bool:
    """Tell whether two parts are one person's: « Dupont, Jean »."""
    if len(parts) != 2 or any(" " in part or not part.istitle() for part in parts):  # noqa: PLR2004
        return False
    return _is_given(parts[1]) and not _is_given(parts[0])


def _is_given(word: str) -> bool:
    return word.casefold() in words("given_names") or word.casefold() in words("common_names")


class _Reader:
    """Sorts the parts of one byline into persons, agencies and neither."""

    def __init__(self, signed: Byline, publisher: str) -> None:
        self._signed = signed
        self._publisher = publisher
        self._lone: list[str] = []

    def read(self, part: str) -> None:
        """Read one *part*."""
        text = _bare(part)
        known = text.casefold() in agencies()
        before, agency = ("", None) if known else _without_agency(_without_role(text))
        self._read_name(before if agency else text)
        if agency:
            _add(self._signed.agencies, agency)

    def _read_name(self, text: str) -> None:
        if not text or _is_date(text):
            return
        signatory = _without_role(text)
        name = person_name(signatory)
        whole = text if name is None or " " not in name else signatory
        organisation = self._organisation(whole)
        if organisation:
            _add(self._signed.agencies, organisation)
        elif name and not self._is_noise(name):
            is_full = " " in name or not _has_case(name)
            _add(self._signed.authors if is_full else self._lone, name)

    def finish(self, line: str) -> None:
        """Take a lone word for a signatory only where nobody signed in full."""
        signed = self._signed
        if not signed.authors:
            signed.authors = [n for n in self._lone if not (signed.agencies and _is_code(n, line))]
        if not signed.authors and not signed.agencies:
            for match in _EMAIL.finditer(line[:LONGEST]):
                name = person_name(match[1])
                if name and " " in name:
                    _add(signed.authors, name)

    def _organisation(self, text: str) -> str | None:
        """Return the name of the agency, desk or publisher that *text* is, if it is one."""
        known = agencies().get(text) or agencies().get(text.casefold())
        if known:
            return known
        folded = _folded(text)
        found = set(folded.split())
        is_publisher = bool(self._publisher) and _same_house(folded, self._publisher)
        is_desk = bool(found & _desk_words()) or any(
            word.endswith(_endings_of_houses()) for word in found
        )
        is_named = _begins_with_article(text) or _is_domain(text) or _is_acronym(text)
        return text if is_publisher or is_desk or is_named else None

    def _is_noise(self, name: str) -> bool:
        found = set(_folded(name).split())
        return found <= _no_names()


def _bare(part: str) -> str:
    """Return *part* without what stands before the names."""
    text = part.strip(" .:!?'’-–—_&+>")
    for _ in range(4):
        folded = text.casefold()
        first = _WORD.match(folded)
        likely = openings().get(first[0], ()) if first else ()
        opening = next((o for o in likely if _opens(folded, o)), None)
        if opening is None:
            break
        text = text[len(opening) :].lstrip(" .:–—-")
    return _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text


def _opens(folded: str, opening: str) -> bool:
    rest = folded[len(opening) : len(opening) + 1]
    return folded.startswith(opening) and rest in {"", " ", ":", "\xa0"}


@cache
def _credits() -> re.Pattern[str]:
    """Return what finds a photo credit, up to the next strong separator."""
    names = "|".join(sorted(words("credits"), key=len, reverse=True))
    joined = "".join(f"(?<!{word} )" for word in ("et", "and", "und", "och", "&"))
    return re.compile(rf"(?:{joined}(?<!\w)(?:{names})\s?[:©]|©)[^|;\n]*", re.IGNORECASE)


def _without_agency(text: str) -> tuple[str, str | None]:
    """Split off the agency whose long name ends *text* without a separator."""
    folded = text.casefold()
    if not folded.endswith(_endings()):
        return text, None
    name = next(name for name in _endings() if folded.endswith(name))
    return text[: -len(name)].rstrip(), agencies()[name.strip()]


@cache
def _endings() -> tuple[str, ...]:
    long = (f" {name}" for name in agencies() if len(name) > 4)  # noqa: PLR2004 - no initials
    return tuple(sorted(long, key=len, reverse=True))


def _is_date(text: str) -> bool:
    first = _WORD.search(text.casefold())
    word = first[0] if first else ""
    is_number = text[0].isdigit() and not set(_folded(text).split()) & _desk_words()
    listed = word in words("date_labels") or word in words("credits")
    return is_number or (listed and not _is_two_names(text))


def _is_two_names(text: str) -> bool:
    """Tell a person whose name begins like a date or like a house: « Le Goff Anne »."""
    parts = text.split()
    return all(part[0].isupper() for part in parts) and any(map(_is_given, parts))


def _without_role(text: str) -> str:
    """Cut a role, a place or a house that follows the name without a separator."""
    parts = text.split()
    for at, part in enumerate(parts):
        folded = part.casefold().strip(".,:")
        ends = folded in words("roles") or (folded in words("after_name") and part.islower())
        if ends or part[0].isdigit() or (at > 1 and folded in _tails()):
            parts = parts[:at]
            break
    while len(parts) > 2 and parts[-1].casefold() in words("role_modifiers"):  # noqa: PLR2004
        parts.pop()
    return " ".join(parts)


@cache
def _endings_of_houses() -> tuple[str, ...]:
    return tuple(words("house_endings"))


@cache
def _no_names() -> frozenset[str]:
    return words("nobody") | words("roles") | words("role_modifiers")


@cache
def _tails() -> frozenset[str]:
    return words("after_name") | words("date_labels")


@cache
def _desk_words() -> frozenset[str]:
    return words("desks") | words("organisations")


def _begins_with_article(text: str) -> bool:
    first, _, rest = text.partition(" ")
    return first.casefold() in words("articles") and not _is_two_names(text) and bool(rest)


def _is_domain(text: str) -> bool:
    return _DOMAIN.fullmatch(text) is not None and not text.endswith(".")


def _is_acronym(text: str) -> bool:
    return len(text) > 2 and text.isupper() and text.isalpha() and _has_case(text) and len(text) < 6  # noqa: PLR2004


def _has_case(text: str) -> bool:
    return text.lower() != text.upper()


def _is_code(name: str, line: str) -> bool:
    """Tell whether a lone word beside an agency is its place or its desk's sign."""
    return (len(name) > 3 and name.upper() in line) or (name.islower() and len(name) < 5)  # noqa: PLR2004


def _same_house(folded: str, publisher: str) -> bool:
    return (
        folded == publisher
        or f" {publisher} " in f" {folded} "
        or (
            len(folded) > 4 and f" {folded} " in f" {publisher} "  # noqa: PLR2004
        )
    )


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)
