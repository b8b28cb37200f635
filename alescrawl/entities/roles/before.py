"""Roles said before a name: « le maire d'Alès, … », « présidée par … »."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import BREAK, COMMA, JOINED
from alescrawl.entities.roles.nouns import Said, gendered, is_trade, role_nouns, said_in
from alescrawl.entities.roles.phrases import phrase_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alescrawl.entities.gazetteer.candidates import Candidate
    from alescrawl.entities.gazetteer.words import Words

_TIES: Final = frozenset(["–", "-", ":", "«", ")", "),"])
_MOST_SKIPPED: Final = 4
_LONGEST_CHARGE: Final = 12
_CHARGES: Final = frozenset(
    ["en", "charge", "chargee", "delegue", "deleguee", "responsable", "a", "aux"]
)
_CALLED: Final = frozenset(["s", "appelle", "nomme", "est", "sera"])
_ADJECTIVES: Final = (
    *("iste", "ocrate", "icain", "icaine", "ois", "oise", "ais", "aise", "ien", "ienne"),
    *("ain", "aine", "enol", "enole", "ol", "an", "ane"),
)


def roles_before(
    words: Words, at: dict[int, Candidate], kept: Sequence[Candidate]
) -> dict[int, Said]:
    """Return by its first word each person whom a role introduces (« le maire d'Alès, … »)."""
    found: dict[int, Said] = {}
    bodies = [c for c in kept if c.kind == "institution"]
    read = 0
    for match in role_nouns().matches(words):
        name = match.names[0].entity
        if match.first < read or (match.first in at and at[match.first].kind == "person"):
            continue
        phrase = phrase_at(words, match, at, bodies)
        read = match.last
        for person in _introduced(words, at, phrase.end, several=name.subtype == "plural"):
            noun = gendered(name.name, words.folded[person.first]) if name.subtype else ""
            found.setdefault(person.first, said_in(phrase, noun))
    return found


def trade_before(words: Words, first: int) -> Said | None:
    """Return the trade, of which there are more than listed, before a name (« le soudeur … »)."""
    at = first - 1
    if at < 1 or words.gaps[at] != JOINED or words.gaps[at - 1] != JOINED:
        return None
    has_article = words.folded[at - 1] in {"le", "la", "l", "les"}
    return Said(words.word(at)) if has_article and is_trade(words, at) else None


def _introduced(
    words: Words, at: dict[int, Candidate], end: int, *, several: bool
) -> Iterator[Candidate]:
    """Yield the person, or the persons, named where a role phrase ends."""
    index = _past_charge(words, _past_bracket(words, end))
    for _ in range(_MOST_SKIPPED):
        if index >= len(words) or not _leads_on(words, index - 1):
            return
        person = at.get(index)
        if person and person.kind == "person":
            yield person
            if several:
                yield from _next_persons(words, at, person)
            return
        if not _qualifies(words, index):
            return
        index += 1


def _past_bracket(words: Words, index: int) -> int:
    """Return the word after a short bracket that begins at *index* (« le maire (PS) … »)."""
    if index < len(words) and words.gap(index - 1) == " (":
        for at in range(index, min(index + 3, len(words))):
            if words.gap(at).startswith(")"):
                return at + 1
    return index


def _past_charge(words: Words, index: int) -> int:
    """Return the word after what a holder is in charge of (« chargé de l'économie, »)."""
    if words.folded[index : index + 1] and words.folded[index] in _CHARGES:
        for at in range(index, min(index + _LONGEST_CHARGE, len(words))):
            if words.gaps[at] == COMMA:
                return at + 1
    return index


def _qualifies(words: Words, index: int) -> bool:
    """Whether the word at *index* may stand between a role and its person.

    A title, « est » or « s'appelle », or an adjective of party or place.
    """
    folded = words.folded[index]
    if words.word(index) in words_of("person_words", "titles") or folded in _CALLED:
        return True
    return words.shapes[index] == "l" and folded.endswith(_ADJECTIVES)


def _leads_on(words: Words, index: int) -> bool:
    """Whether what follows the word at *index* ties a role to the person it introduces."""
    return words.gaps[index] != BREAK or words.gap(index).strip() in _TIES


def _next_persons(words: Words, at: dict[int, Candidate], person: Candidate) -> Iterator[Candidate]:
    """Yield the persons that « et » or a comma joins to *person*."""
    index = person.last
    while index < len(words) and words.gaps[index - 1] != BREAK:
        index += words.folded[index] == "et"
        other = at.get(index)
        if not other or other.kind != "person":
            return
        yield other
        index = other.last
