"""A role with what belongs to it: « ancienne directrice du développement de la CCI »."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.entities.gazetteer.word_lists import table, words_of
from alescrawl.entities.gazetteer.words import JOINED, key, look
from alescrawl.entities.roles.nouns import gender_of_noun, is_written, role_nouns
from alescrawl.entities.roles.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alescrawl.entities.gazetteer.candidates import Candidate
    from alescrawl.entities.gazetteer.gazetteer import Match
    from alescrawl.entities.gazetteer.words import Words
    from alescrawl.entities.roles.nouns import Gender, Tenure

_DETERMINERS: Final = frozenset(
    [
        *("le", "la", "les", "l", "un", "une", "des", "du", "au", "aux", "ce", "cet", "cette"),
        *("son", "sa", "ses", "leur", "leurs", "mon", "notre", "votre", "deux", "trois", "quatre"),
    ]
)
_YEARS: Final = re.compile(r",? (?:de|entre) (?:\w+ )?\d{4} (?:à|et) (?:\w+ )?(\d{4})")
_SPELL: Final = re.compile(r",? (?:pendant|durant) \w+")
_REACH: Final = 50
_MOST_BODIES: Final = 8


class Phrase(NamedTuple):
    """A role, the body it belongs to, and the words from which to before which both stand."""

    first: int
    end: int
    noun: str
    """The noun in the singular, as the list has it."""
    role: str
    affiliation: str = ""
    plain_role: str = ""
    """The role without the name of a union in it (« délégué CGT »)."""
    is_private: bool = False
    """Whether the body is a party or a union of workers: what a person believes."""
    number: str = ""
    """plural, or empty; said_by_verbs or said_by_active_verbs where a verb says it."""
    gender: Gender = ""
    tenure: Tenure = ""
    bodies: tuple[str, ...] = ()
    """Those of a role in the plural, in order (« les maires d'Alès et d'Uzès »)."""


def phrases_in(words: Words, kept: Sequence[Candidate], day: str) -> list[Phrase]:
    """Return the role phrases of a text with the names *kept*, in order; none inside a name."""
    at = {c.first: c for c in kept}
    inside = {i for c in kept for i in range(c.first, c.last)}
    bodies = [c for c in kept if c.kind == "institution"]
    found: list[Phrase] = []
    read = 0
    for match in role_nouns().matches(words):
        if match.first < read or match.first in inside or not is_written(words, match):
            continue
        phrase = _phrase_at(words, match, at, bodies)
        if phrase.first < read or _is_other_word(words, match, phrase):
            continue
        found.append(phrase._replace(tenure=phrase.tenure or _term(words, phrase.end, day)))
        read = phrase.end
    return found


def _phrase_at(
    words: Words, match: Match, at: dict[int, Candidate], bodies: Sequence[Candidate]
) -> Phrase:
    """Return the phrase whose noun is *match*.

    *at* are the names of the text by their first word; *bodies* the institutions among them, to
    which a common noun may refer (« le président du syndicat »).
    """
    name = match.names[0].entity
    first = _with_modifiers(words, match.first)
    reader = Reader(words, at, match)
    reader.read()
    body = reader.body or _referred(bodies, match.first, reader.refers)
    is_outside = words.folded[match.first] in words_of("role_words", "outside", plain=True)
    role, plain = (
        _in_lower_case(words.surface(first, e)) for e in (reader.role_end, reader.plain_end)
    )
    noun = name.name
    return Phrase(
        min(first, _start(words, match.first)),
        reader.end,
        noun,
        role,
        "" if is_outside else body.name if body else reader.affiliation,
        plain,
        bool(body and is_private(body)),
        name.subtype,
        "" if name.subtype else gender_of_noun(words, first, noun),
        _tenure_in(words, _start(words, match.first), match.first),
        tuple(reader.bodies),
    )


def _is_other_word(words: Words, match: Match, phrase: Phrase) -> bool:
    """Whether the noun is a verb: one without article, or the participle before another role."""
    if words.folded[match.first] in {"elu", "elue", "elus"} and match.last < len(words):
        return role_nouns().at(words, match.last) is not None
    if words.folded[match.first] not in words_of("role_words", "homographs", plain=True):
        return False
    if phrase.end - phrase.first > 1 or match.first == 0:
        return False
    return words.folded[match.first - 1] not in _DETERMINERS


def _term(words: Words, end: int, day: str) -> Tenure:
    """Return past where the years after a role are over on *day* (« maire de 1989 à 2001 »)."""
    if end >= len(words):
        return ""
    after = words.text[words.ends[end - 1] : words.ends[end - 1] + _REACH]
    found = _YEARS.match(after)
    if found:
        return "past" if not day or found[1] <= day[:4] else ""
    return "past" if _SPELL.match(after) else ""


def is_private(body: Candidate) -> bool:
    """Whether belonging to *body* is personal data of a special kind (GDPR, article 9)."""
    if body.subtype == "party":
        return True
    workers = words_of("role_words", "workers_unions", plain=True)
    return body.subtype == "union" and not workers.isdisjoint(key(body.name).split(" "))


def _start(words: Words, first: int) -> int:
    """Return the index of the first modifier before a noun at *first*, or of the noun."""
    modifiers = words_of("role_words", "before", plain=True)
    start = first
    while start and words.gaps[start - 1] == JOINED and words.folded[start - 1] in modifiers:
        start -= 1
    return start


def _with_modifiers(words: Words, first: int) -> int:
    """Return the index of the first word of a role whose noun is at *first*.

    What says since when (« nouveau ») is no part of it; an ordinal is only before some nouns.
    """
    fleeting = words_of("role_words", "fleeting", plain=True)
    start = _start(words, first)
    while start < first and words.folded[start] in fleeting:
        start += 1
    return start


def _tenure_in(words: Words, start: int, first: int) -> Tenure:
    before = set(words.folded[start:first])
    if (
        start
        and words.gaps[start - 1]
        and words.folded[start - 1] in {"alors", "autrefois", "jadis"}
    ):
        return "past"
    if before & words_of("role_words", "past", plain=True):
        return "past"
    return "future" if before & words_of("role_words", "future", plain=True) else ""


def _in_lower_case(role: str) -> str:
    """Return *role* without the capital that begins a sentence."""
    return role if role[1:2].isupper() else role[:1].lower() + role[1:]


def _referred(bodies: Sequence[Candidate], before: int, noun: str) -> Candidate | None:
    """Return the last body named before the word *before* that is of the kind that *noun* says."""
    kinds = _kinds_by_noun().get(noun) if noun else None
    if not kinds:
        return None
    low = bisect_left(bodies, before, key=lambda c: c.first)
    near = (b for b in reversed(bodies[max(0, low - _MOST_BODIES) : low]) if b.subtype in kinds)
    return next(near, None)


@cache
def _kinds_by_noun() -> dict[str, frozenset[str]]:
    """Return the kinds of bodies that each noun may refer to, by its plain form."""
    kinds: dict[str, set[str]] = {}
    for kind in table("role_words")["referred"]:
        for noun in table("role_words")["referred"][kind].split():
            kinds.setdefault(look(noun)[0], set()).add(kind)
    return {noun: frozenset(found) for noun, found in kinds.items()}
