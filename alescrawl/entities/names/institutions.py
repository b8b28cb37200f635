"""Institutions that the gazetteer knows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.candidates import Candidate
from alescrawl.entities.gazetteer.context import occitanie
from alescrawl.entities.gazetteer.gazetteer import Match
from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import BREAK, LINKS, key
from alescrawl.entities.names.doubtful import (
    is_common_noun,
    is_meant,
    is_other_thing,
    is_spoken_for,
)
from alescrawl.entities.names.places import with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alescrawl.entities.gazetteer.context import Context
    from alescrawl.entities.gazetteer.gazetteer import Entity, Name
    from alescrawl.entities.gazetteer.words import Words

_CALLED_AS_WRITTEN: Final = frozenset({"company", "union", "media", "party"})
"""Kinds of bodies whose every name is a usual name: « CGT », « Perrier »."""
_ARTICLES: Final = {
    "Le": {"le", "du", "au"},
    "La": {"la"},
    "Les": {"les", "des", "aux"},
    "L": {"l"},
}
"""The articles of names, and what they are contracted to."""
_REGIONAL: Final = ("-occitanie", "-lr", "-languedoc-roussillon", "-languedoc")
"""Endings of the identifiers of bodies of the region."""
_OF_TERRITORY: Final = (
    *("epci-", "cc-", "ales-", "grand-", "commune-", "region-", "departement-", "conseil-"),
    *("cci-", "cma-", "petr-", "etat", "gouvernement", "prefecture-", "sous-prefecture-"),
    *("ministere-", "imt-", "cea-"),
)
"""Beginnings of the identifiers of bodies that have one usual name, whatever a text calls them."""


_NUMBERS: Final = frozenset([*"123456789", "I", "II", "III", "IV", "10", "11", "12", "13"])


def known_institutions(
    words: Words, matches: Iterable[Match], day: str, context: Context
) -> Iterator[Candidate]:
    """Yield the known institutions among *matches*, as they were on *day* (ISO, or empty).

    One that each department has is that of the Gard only where *context* says that the text is.

    Programmes, labels and events come as candidates of kind ``other``: they are no entities,
    and neither are the names inside them.
    """
    for match in (_union_alone(words, match) for match in matches):
        name = _best(match, context.day_at(match.first, day) if _is_dated(match) else day)
        if name.entity.kind == "other":
            yield Candidate(match.first, match.last, "other", "gazetteer", 1.0)
        elif _may_be_meant(name, match, words):
            if _has_article(name, match, words):
                yield _found(name, match, words, context)
        elif name.doubtful and is_other_thing(match, words):
            # Neither is it an unknown company; other readings go first.
            yield Candidate(match.first, match.last, "other", "gazetteer", _NONE)


def _found(name: Name, match: Match, words: Words, context: Context) -> Candidate:
    """Return the institution that *match* names, with its identity where it is the list's."""
    first = with_article(name.written, _after_head(words, match), words)
    score = _IN_DOUBT if name.doubtful and not is_spoken_for(name, match, words) else 0.9
    found = Candidate(first, _last(words, match), "institution", "gazetteer", score)
    if _is_numbered(name, found.last, words):
        last = found.last + 1
        return replace(found, last=last, method="rule", subtype=name.entity.subtype)
    if is_elsewhere(name, match, words, context):
        return replace(found, method="rule", score=_ELSEWHERE, subtype=name.entity.subtype)
    return found.named(usual_name(name), name.entity)


def _is_numbered(name: Name, last: int, words: Words) -> bool:
    """Whether a number makes a school another one: « université Montpellier 3 »."""
    if name.entity.subtype != "school" or last >= len(words):
        return False
    return words.gap(last - 1) == " " and words.word(last) in _NUMBERS


def _last(words: Words, match: Match) -> int:
    """Return the word after a name, with the rest of its town (« hôpital de Bagnols-sur-Cèze »)."""
    is_cut = match.last < len(words) and words.gap(match.last - 1) == "-"
    place = lists.places().at(words, match.last - 1) if is_cut else None
    return max(match.last, place.last) if place else match.last


def _may_be_meant(name: Name, match: Match, words: Words) -> bool:
    """Whether the words around a name of a body leave it that body's."""
    if name.ambiguous:
        is_alone = len({n.entity.id for n in match.names}) == 1
        return is_alone and name.entity.local and is_spoken_for(name, match, words)
    is_other = _is_other_thing(name, match, words)
    return is_meant(name, match, words, is_other=is_other) if name.doubtful else not is_other


_NONE: Final = 0.2
_IN_DOUBT: Final = 0.75
"""Less than a surname of the text has, where the name may be a person's."""
_ELSEWHERE: Final = 0.85
_SEATED: Final = frozenset(
    ["public_body", "chamber", "union", "school", "association", "company", "other_org"]
)


def is_elsewhere(name: Name, match: Match, words: Words, context: Context) -> bool:
    """Whether a name without a place in it means the like body of another department.

    So « l'ARS » of a text on Brittany; and « mairie de Saint-Denis » of another Saint-Denis.
    """
    entity = name.entity
    if entity.id.startswith("commune-"):
        return _is_other_commune(match, words, context)
    if entity.subtype not in _SEATED or not _is_seated(entity):
        return False
    if not set(key(name.written).split(" ")) <= words_of("gard_words", "everywhere", plain=True):
        return False
    departments = occitanie() if _is_regional(entity) else frozenset([lists.GARD])
    return not context.is_in(departments, match.first)


def _is_seated(entity: Entity) -> bool:
    return entity.local or _is_regional(entity)


def _is_regional(entity: Entity) -> bool:
    return entity.id.endswith(_REGIONAL)


def _is_other_commune(match: Match, words: Words, context: Context) -> bool:
    """Whether the commune of a town hall is one of another department by the same name."""
    for at in range(match.first + 1, match.last):
        place = lists.places().at(words, at) if words.shapes[at] != "l" else None
        if place and place.last == match.last:
            communes = [n for n in place.names if n.entity.subtype == "commune" and n.entity.insee]
            meant = context.chosen(place, communes) if communes else None
            return bool(communes) and not (meant and meant.entity.local)
    return False


def _union_alone(words: Words, match: Match) -> Match:
    """Return *match* less the company, where it is a union's section in one (« CGT de X »)."""
    link = match.first + 1
    if match.names[0].entity.subtype != "union" or words.folded[link : match.last][:1] != ["de"]:
        return match
    alone = lists.institutions().get(words.word(match.first))
    return Match(match.first, link, tuple(alone)) if alone else match


def _is_dated(match: Match) -> bool:
    return any(n.entity.valid_from or n.entity.valid_to for n in match.names)


def _best(match: Match, day: str) -> Name:
    """Return the name that was in use on *day*, a body of that very name before others."""
    return max(
        match.names,
        key=lambda n: (n.entity.kind == "other", n.entity.valid(day), not n.ambiguous, _is_own(n)),
    )


def _is_own(name: Name) -> bool:
    return key(name.entity.name) == key(name.written)


def usual_name(name: Name) -> str:
    """Return what the body is called under the name that the text uses."""
    entity = name.entity
    if _is_own(name):
        return entity.name
    if entity.subtype in _CALLED_AS_WRITTEN:
        head, _, rest = name.written.partition(" ")
        return rest if rest and head in words_of("institution_words", "dropped") else name.written
    if name.written[:9].lower() == "ministère":
        return name.written[:1].upper() + name.written[1:]
    is_acronym = name.written.isupper() and not entity.id.startswith(_OF_TERRITORY)
    if name.written.capitalize() in entity.name.split(" "):
        return entity.name  # « AGATE » for « SPL Agate »
    if is_acronym or _is_other_name(name):
        return name.written[:1].upper() + name.written[1:]
    return entity.name


def _is_other_name(name: Name) -> bool:
    """Whether a body bears more than one name in full: it is called as the text calls it."""
    entity = name.entity
    if entity.id.startswith(_OF_TERRITORY) or " " not in name.written:
        return False
    written, usual = (set(key(text).split(" ")) for text in (name.written, entity.name))
    return not (written <= usual or usual <= written)


def _after_head(words: Words, match: Match) -> int:
    """Return where the name begins: after a common noun that is no part of it (« groupe »)."""
    first = match.first
    is_noun = words.word(first) in words_of("institution_words", "dropped")
    is_followed = first + 1 < match.last and words.shapes[first + 1] != "l"
    return first + 1 if is_noun and is_followed else first


def _is_other_thing(name: Name, match: Match, words: Words) -> bool:
    """Whether the text means another thing, or an area, by the words of a body."""
    named = words.folded[match.first : match.last]
    text = [word for word in named if word not in LINKS] or named
    if len(text) == 1 and _is_common_word(text[0], name.entity):
        begins = words.shapes[match.first] == "T" and _begins_sentence(words, match.first)
        return begins or is_common_noun(words, match.first, match.last)
    return name.entity.id.startswith("commune-") and words.word(match.first) in {"ville", "commune"}


def _is_common_word(word: str, entity: Entity) -> bool:
    if word in words_of("institution_words", "common", plain=True):
        return True
    return entity.subtype in _CALLED_AS_WRITTEN and lists.is_common_word(word)


def named_institution(words: Words, candidate: Candidate) -> Candidate:
    """Return *candidate*, an institution that no list has named by what the text calls it."""
    if candidate.kind != "institution" or candidate.name:
        return candidate
    surface = words.surface(candidate.first, candidate.last).replace("’", "'")
    if words.folded[candidate.first] in {"mairie", "ville", "commune", "municipalite"}:
        surface = "Ville" + surface[len(words.word(candidate.first)) :]
    return replace(candidate, name=surface[:1].upper() + surface[1:])


def _has_article(name: Name, match: Match, words: Words) -> bool:
    """Whether the article of a name of one word (« La Poste ») stands before it, if it has one."""
    article, _, noun = name.written.replace("'", " ").partition(" ")
    if match.last - match.first > 1 or article not in _ARTICLES or " " in noun:
        return True
    return bool(match.first) and words.folded[match.first - 1] in _ARTICLES[article]


def _begins_sentence(words: Words, index: int) -> bool:
    return not index or words.gaps[index - 1] == BREAK
