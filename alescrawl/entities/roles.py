"""What a sentence says that a person is, and of which body."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.entities import lists
from alescrawl.entities.gazetteer import Entity, Gazetteer, Name
from alescrawl.entities.role_phrases import Phrase, phrase_at
from alescrawl.entities.word_lists import table, words_of
from alescrawl.entities.words import BREAK, COMMA, JOINED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alescrawl.entities.candidates import Candidate
    from alescrawl.entities.words import Words

_BRACKET: Final = re.compile(r"\s?\([^()]{1,40}$")
_CREDIT: Final = re.compile(r"(?:©|[Pp]hotos?|PHOTOS?|[Cc]rédits?|\bPh\.)[^.;\n]{0,45}$")
_BY: Final = re.compile(r"(?:^|\s)Par\s$|(?:^|\n)[Dd]e\s$")
_LOOK_BACK: Final = 60
_FEMININE: Final = (
    *(("teur", "trice"), ("eur", "euse"), ("eur", "eure"), ("ien", "ienne"), ("er", "ère")),
    *(("if", "ive"), ("", "e")),
)
_TIES: Final = frozenset(["–", "-", ":", "«", ")", "),"])
_MOST_SKIPPED: Final = 4
_LONGEST_CHARGE: Final = 12
_CHARGES: Final = frozenset(["en", "charge", "chargee", "delegue", "deleguee", "responsable"])
_LEADS: Final = frozenset(
    ["le", "la", "l", "les", "un", "une", "et", "a", "ete", "aussi", "egalement", "qui"]
)
_CALLED: Final = frozenset(["s", "appelle", "nomme", "est", "sera"])
_ADJECTIVES: Final = (
    *("iste", "ocrate", "icain", "icaine", "ois", "oise", "ais", "aise", "ien", "ienne"),
    *("ain", "aine", "enol", "enole", "ol", "an", "ane"),
)


class Said(NamedTuple):
    """A role, and the usual name of the body it belongs to."""

    role: str
    affiliation: str = ""
    is_private: bool = False
    plain_role: str = ""


def with_roles(
    words: Words, kept: Sequence[Candidate], *, party_links: bool = False
) -> list[Candidate]:
    """Return *kept*, in order, its persons with the roles that the text states beside them.

    A person is linked to a party or a union of workers with *party_links* only.
    """
    at = {c.first: c for c in kept}
    before = _roles_before(words, at, kept)
    found = []
    for candidate in kept:
        said = _said(words, at, candidate, before) if candidate.kind == "person" else None
        found.append(_with_role(candidate, said, party_links=party_links) if said else candidate)
    return _shared(words, found)


def _with_role(person: Candidate, said: Said, *, party_links: bool) -> Candidate:
    if said.is_private and not party_links:
        return replace(person, role=said.plain_role)
    return replace(person, role=said.role, affiliation=said.affiliation)


def _shared(words: Words, found: list[Candidate]) -> list[Candidate]:
    """Return *found* with roles in the plural given, in the singular, to all they are said of."""
    for i in range(len(found) - 1, -1, -1):
        singular = _singular(found[i].role)
        if not singular:
            continue
        found[i] = replace(found[i], role=singular)
        previous = found[i - 1] if i else None
        if previous and previous.kind == "person" and not previous.role:
            is_joined = words.folded[previous.last : found[i].first] in (["et"], [])
            if is_joined and words.gaps[previous.last - 1] != BREAK:
                found[i - 1] = replace(
                    previous, role=f"{found[i].role}s", affiliation=found[i].affiliation
                )
    return found


def _singular(role: str) -> str:
    """Return *role* in the singular where its noun is in the plural, else nothing."""
    first, _, rest = role.partition(" ")
    names = _nouns().get(first)
    if not any(n.entity.subtype == "plural" for n in names):
        return ""
    return f"{names[0].entity.name} {rest}".strip()


def _said(
    words: Words, at: dict[int, Candidate], person: Candidate, before: dict[int, Said]
) -> Said | None:
    return (
        _of_paper(words, at, person)
        or before.get(person.first)
        or _role_after(words, at, person)
        or _signature(words, person)
        or _trade_before(words, person.first)
    )


def _of_paper(words: Words, at: dict[int, Candidate], person: Candidate) -> Said | None:
    """Return the role of a journalist, whose paper follows the name (« …, du Courrier »)."""
    link = person.last
    paper = at.get(link + 1)
    if not paper or paper.subtype != "media" or words.gaps[link - 1] == BREAK:
        return None
    is_of = words.folded[link] in {"de", "d", "du", "a", "au"}
    return Said("journaliste", paper.name) if is_of else None


@cache
def _nouns() -> Gazetteer:
    """Return the nouns of roles, the plural of each leading to its singular."""
    gazetteer = Gazetteer()
    for noun in table("role_words")["nouns"].replace("\n", " ").split(";"):
        entity = Entity(noun.strip(), noun.strip(), "role", "")
        gazetteer.add(Name(entity, entity.name.lower(), ambiguous=False))
        plural = f"{entity.name.lower()}s"
        gazetteer.add(Name(Entity(plural, entity.name, "role", "plural"), plural, ambiguous=False))
    for written, noun in table("role_words")["said_by_verbs"].items():
        gazetteer.add(Name(Entity(written, noun, "role", "verb"), written, ambiguous=False))
    return gazetteer


def _roles_before(
    words: Words, at: dict[int, Candidate], kept: Sequence[Candidate]
) -> dict[int, Said]:
    """Return by its first word each person whom a role introduces (« le maire d'Alès, … »)."""
    found: dict[int, Said] = {}
    bodies = [c for c in kept if c.kind == "institution"]
    read = 0
    for match in _nouns().matches(words):
        name = match.names[0].entity
        if match.first < read or (match.first in at and at[match.first].kind == "person"):
            continue
        phrase = phrase_at(words, match, at, bodies)
        read = match.last
        for person in _introduced(words, at, phrase.end, several=name.subtype == "plural"):
            noun = _gendered(name.name, words.folded[person.first]) if name.subtype else ""
            found.setdefault(person.first, said_in(phrase, noun))
    return found


def _gendered(noun: str, given: str) -> str:
    """Return the role *noun* in the feminine where a woman bears the name *given*."""
    if given not in lists.feminine_given_names():
        return noun
    first, _, rest = noun.partition(" ")
    for ending, feminine in _FEMININE:
        form = first.removesuffix(ending) + feminine
        if first.endswith(ending) and _nouns().get(form):
            return f"{form} {rest}".strip()
    return noun


def said_in(phrase: Phrase, singular: str = "") -> Said:
    """Return what *phrase* says; *singular* is its noun where the phrase has the plural."""
    plain = singular or phrase.plain_role
    return Said(singular or phrase.role, phrase.affiliation, phrase.is_private, plain)


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


def _role_after(words: Words, at: dict[int, Candidate], person: Candidate) -> Said | None:
    """Return the role said after *person* (« …, présidente de la CCI »)."""
    index = _after_remarks(words, person.last)
    if index >= len(words):
        return None
    skipped = 0
    while index < len(words) and skipped < _MOST_SKIPPED and _leads_to_role(words, index):
        index, skipped = index + 1, skipped + 1
    phrase = _phrase_from(words, index, at)
    if phrase:
        return said_in(phrase)
    is_trade = index < len(words) and _is_trade(words, index) and words.gaps[index] == BREAK
    return Said(words.word(index)) if is_trade else None


def _after_remarks(words: Words, index: int) -> int:
    """Return the index of the word that an apposition begins with, past an age or a bracket."""
    if index >= len(words):
        return index
    gap = words.gap(index - 1)
    if "(" in gap:
        last = min(index + _MOST_SKIPPED, len(words))
        closing = next((i for i in range(index, last) if ")" in words.gap(i)), None)
        if closing is None or "," not in words.gap(closing):
            return index
        return closing + 1
    if words.folded[index].isdigit() and words.folded[index + 1 : index + 2] == ["ans"]:
        return index + 2
    is_said_on = gap.strip() in {",", "-", "–", ":", ", «"}
    is_being = words.folded[index] in words_of("role_words", "being", plain=True) or (
        words.folded[index : index + 2] == ["a", "ete"]
    )
    return index if is_said_on or (is_being and gap == " ") else len(words)


def _leads_to_role(words: Words, index: int) -> bool:
    folded = words.folded[index]
    return words.gaps[index] == JOINED and (
        folded in _LEADS
        or folded in words_of("role_words", "being", plain=True)
        or folded in words_of("role_words", "possessives", plain=True)
    )


def _phrase_from(words: Words, index: int, at: dict[int, Candidate]) -> Phrase | None:
    """Return the role phrase whose first word, perhaps a modifier, is at *index*."""
    start = index
    modifiers = words_of("role_words", "before", plain=True)
    while index < len(words) and words.folded[index] in modifiers and words.gaps[index] == JOINED:
        if _nouns().at(words, index):
            break
        index += 1
    match = _nouns().at(words, index) if index < len(words) else None
    if not match or match.first - start > _MOST_SKIPPED:
        return None
    return phrase_at(words, match, at, [])


def _trade_before(words: Words, first: int) -> Said | None:
    """Return the trade, of which there are more than listed, before a name (« le soudeur … »)."""
    at = first - 1
    if at < 1 or words.gaps[at] != JOINED or words.gaps[at - 1] != JOINED:
        return None
    has_article = words.folded[at - 1] in {"le", "la", "l", "les"}
    return Said(words.word(at)) if has_article and _is_trade(words, at) else None


def _is_trade(words: Words, index: int) -> bool:
    folded = words.folded[index]
    return (
        words.shapes[index] == "l"
        and folded.endswith(tuple(words_of("role_words", "trades", plain=True)))
        and folded not in words_of("role_words", "not_trades", plain=True)
    )


def _signature(words: Words, person: Candidate) -> Said | None:
    """Return the role of who signs a text or a photograph."""
    start = words.starts[person.first]
    before = words.text[max(0, start - _LOOK_BACK) : start]
    if _CREDIT.search(before):
        return Said("photographe")
    if _BY.search(before):
        return Said("journaliste")
    return None
