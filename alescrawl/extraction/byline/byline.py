"""Read a printed byline: the persons who signed, and the agencies and desks, apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from alescrawl.extraction.byline.agencies import (
    desk_words,
    folded_words,
    house_name,
    without_agency,
)
from alescrawl.extraction.byline.names import has_case, is_name_like, person_name
from alescrawl.extraction.byline.parts import (
    EMAIL,
    LONGEST,
    bare,
    opening_of,
    parts_of,
    without_date,
    without_role,
)
from alescrawl.extraction.byline.persons import distinct_persons
from alescrawl.extraction.byline.words import agencies, words

_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = 7
"""Words from which a part may be a sentence."""
_SLUG = re.compile(r"[^\W\d_]+(?:[-_.][^\W\d_]+)+")


@dataclass(slots=True)
class Byline:
    """Who signed, in printed order.

    ``authors`` are persons; ``agencies`` are agencies, desks and publishers; ``raw`` is the
    byline as printed, on one line. ``introduced`` tells that it says it is one: « Par … ».
    """

    authors: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    raw: str = ""
    introduced: bool = False


def parse_byline(text: str, *, publisher: str | None = None) -> Byline:
    """Read the byline *text*; *publisher* is the site's own name, which is no person's.

    >>> parse_byline("Par Éric GIRAUDIER et Léa Martin (à Alès), avec AFP").authors
    ['Éric Giraudier', 'Léa Martin']
    """
    line = _SPACES.sub(" ", text[: 2 * LONGEST]).strip()
    signed = Byline(raw=line, introduced=opening_of(line) is not None)
    reader = _Reader(signed, folded_words(publisher or ""))
    for part in parts_of(line):
        reader.read(part)
    reader.finish(line)
    signed.authors = distinct_persons(signed.authors)
    return signed


class _Reader:
    """Sorts the parts of one byline into persons, agencies and neither."""

    def __init__(self, signed: Byline, publisher: str) -> None:
        self._signed = signed
        self._publisher = publisher
        self._lone: list[str] = []
        self._others = 0

    def read(self, part: str) -> None:
        """Read one *part*."""
        text = without_date(bare(part))
        if self._is_description(text):
            self._others += 1
            return
        known = text.casefold() in agencies()
        before, agency = ("", None) if known else without_agency(without_role(text))
        self._read_name(before if agency else text)
        if agency:
            _add(self._signed.agencies, agency)

    def _is_description(self, text: str) -> bool:
        """Tell what is said of the person named before: a role, in small letters."""
        if not text[:1].islower() or not (self._signed.authors or self._lone):
            return text.casefold() in words("role_acronyms")
        first = _WORD.search(text.casefold())
        word = first[0] if first else ""
        return (
            word not in desk_words() | words("articles") | words("particles")
            and text.casefold() not in agencies()
            and not self._signed.raw.islower()
            and not _SLUG.fullmatch(text)
        )

    def _read_name(self, text: str) -> None:
        if not text or _is_date(text):
            self._others += bool(text)
            return
        if self._is_noise(text) or _is_said(text):
            self._others += 1
            return
        signatory = without_role(text)
        name = person_name(signatory)
        whole = text if name is None or " " not in name else signatory
        organisation = house_name(whole, self._publisher)
        if organisation:
            _add(self._signed.agencies, organisation)
        elif name and not self._is_noise(name):
            is_full = " " in name or not has_case(name)
            _add(self._signed.authors if is_full else self._lone, name)

    def finish(self, line: str) -> None:
        """Take lone words for signatories only where nobody signed in full.

        Beside an agency or a date they are more often the place, the section or the desk's sign,
        unless the line says that it is a byline.
        """
        signed = self._signed
        is_sure = not signed.agencies and (signed.introduced or not self._others)
        if not signed.authors:
            signed.authors = [name for name in self._lone if is_sure or _is_initials(name)]
        if not signed.authors and not signed.agencies:
            for match in EMAIL.finditer(line[:LONGEST]):
                name = person_name(match[1])
                if name and " " in name:
                    _add(signed.authors, name)

    def _is_noise(self, name: str) -> bool:
        found = set(folded_words(name).split())
        return found <= _no_names() and found != {"staff"}


def _is_said(text: str) -> bool:
    """Tell a sentence about the author, most of its words in small letters, from a house."""
    parts = text.split()
    if desk_words().intersection(map(str.casefold, parts[:2])):
        return False
    return len(parts) >= _SENTENCE and sum(map(str.islower, parts)) > len(parts) / 2


def _is_date(text: str) -> bool:
    first = _WORD.search(text.casefold())
    word = first[0] if first else ""
    is_number = text[0].isdigit() and not set(folded_words(text).split()) & desk_words()
    listed = word in _date_words() or word in words("credits")
    return is_number or (listed and not is_name_like(text))


@cache
def _no_names() -> frozenset[str]:
    listed = ("nobody", "roles", "roles_behind", "role_modifiers", "role_subjects", "credentials",
        "page_tools")  # fmt: skip
    return words("name_tails").union(*map(words, listed))


@cache
def _date_words() -> frozenset[str]:
    return words("date_labels") | words("date_verbs")


def _is_initials(name: str) -> bool:
    return name.isupper() and len(name) <= 3  # noqa: PLR2004


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)
