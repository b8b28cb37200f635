"""Places: communes, departments, regions, countries, natural regions, sites, streets."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.candidates import Candidate
from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import JOINED, key
from alescrawl.entities.names.doubtful import is_of_town

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alescrawl.entities.gazetteer.context import Context
    from alescrawl.entities.gazetteer.gazetteer import Entity, Match, Name
    from alescrawl.entities.gazetteer.words import Words

_RANKS: Final = {"country": 6, "region": 5, "department": 5, "continent": 5, "city": 3, "area": 3}
_TOWN: Final = 20_000
_UNKNOWN: Final = 0.6
"""Score of a place of which it can't be known which of several it is."""
_VILLAGE: Final = 2_000
_FAR_TOWN: Final = 15_000
_NEAR_TOWN: Final = 1_500
_NEAR: Final = ("07", "12", "13", "26", "34", "48", "84")
"""The departments around the Gard, whose small towns need no introduction."""
_WITHIN_COMPOUNDS: Final = frozenset(
    ["en", "sur", "sous", "les", "le", "la", "de", "du", "des", "d", "et", "pres"]
)
_FOREIGN: Final = re.compile("[^\\W\\d_a-zA-ZàâäçéèêëîïíóôöúùûüÿœæñÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆÑ]")
"""Letters that no name of a French place has, nor one that is written in French."""
_OFFICES: Final = frozenset(["ministre", "ministres", "ministere", "ministeres", "secretariat"])
_OWN_ARTICLES: Final = ("Le ", "La ", "Les ", "L'")
_DEFINITE: Final = frozenset(["le", "la", "les", "l", "du", "des", "au", "aux"])
_AT: Final = frozenset(["à", "À", "vers", "Vers", "entre", "Entre"])
_ARTICLES: Final = {"Le": "le", "La": "la", "Les": "les", "L": "l"}


def find_places(words: Words, matches: Iterable[Match], context: Context) -> Iterator[Candidate]:
    """Yield the places that *words* may name, of the *matches* of the gazetteer.

    Of communes of one name the *context* says which; where it can't, the place has its name only.
    """
    for match in matches:
        if _FOREIGN.search(words.surface(match.first, match.last)):  # « Måns » is not Le Mans
            continue
        usual = max(match.names, key=_rank)
        if usual.entity.subtype != "country" and _is_matter(words, match.first):
            continue
        meant = _meant(usual, match, context)
        is_vouched = meant is not None and meant.entity.insee and context.vouches(meant, match)
        score = _score(meant or usual, match, words, vouched=bool(is_vouched))
        if score > 0:
            first = with_article(usual.entity.name, match.first, words)
            found = Candidate(first, match.last, "place", "gazetteer", score)
            if meant:
                yield found.named(meant.entity.name, meant.entity)
            elif _may_be_unknown(usual, match, words):
                name = _common_name(usual, words.surface(first, match.last))
                yield replace(found, name=name, score=min(score, _UNKNOWN))


def _meant(usual: Name, match: Match, context: Context) -> Name | None:
    """Return the place that a match means, or none where it is one of several communes."""
    if usual.entity.subtype != "commune":
        return usual
    communes = [n for n in match.names if n.entity.subtype == "commune" and n.entity.insee]
    return context.chosen(match, communes) if communes else usual


def _may_be_unknown(usual: Name, match: Match, words: Words) -> bool:
    """Whether words are a place, if not which: « Vieux Moulin » of a wine is none."""
    is_common = all(w in lists.common_words() for w in words.folded[match.first : match.last])
    return usual.entity.local or not is_common or _at(match.first, words)


def _common_name(usual: Name, surface: str) -> str:
    """Return what a place is called of which it is not known which it is: no longer name."""
    return usual.entity.name if key(usual.entity.name) == key(surface) else surface


def _rank(name: Name) -> tuple[bool, int, int]:
    """Return how usual a meaning is; one that needs more than its name comes after others."""
    entity, sure = name.entity, not name.ambiguous
    if entity.subtype == "commune":
        rank = 4 if entity.local or entity.population > _TOWN else 1
        return sure, rank, entity.population
    return sure, _RANKS.get(entity.subtype, 3) + (entity.local and 2), 0


def with_article(name: str, first: int, words: Words) -> int:
    """Return where a mention of *name* begins: its own article stays, contracted it falls."""
    article = _ARTICLES.get(name.replace("'", " ").split(" ", 1)[0])
    if article and first > 0 and words.gaps[first - 1] and words.folded[first - 1] == article:
        return first - 1
    return first


def _score(name: Name, match: Match, words: Words, *, vouched: bool) -> float:
    """Return how likely the words of *match* are a place, 0 where they are not.

    *vouched* says that the text is in the department of the commune.
    """
    entity = name.entity
    introduced = _introduced(match.first, words)
    if vouched and introduced and not name.ambiguous and _stands_free(match, words):
        return 0.85
    if match.last - match.first > 1:
        return 0.9 if entity.local or entity.population > _VILLAGE or introduced else 0.6
    if name.ambiguous or not _may_stand_alone(name, match, words):
        return 0.5 if name.ambiguous and introduced else 0.0
    word = words.folded[match.first]
    if entity.subtype == "commune" and not entity.local:
        return _foreign_score(entity, word, introduced)
    if word in lists.given_names() and not introduced and entity.population < _TOWN:
        return 0.4
    return 0.9


def _has_strange_article(name: Name, first: int, words: Words) -> bool:
    """Whether an article that towns do not bear says that another thing is meant: « le Cers »."""
    if name.entity.subtype != "commune" or name.entity.name.startswith(_OWN_ARTICLES):
        return False
    return bool(first and words.gaps[first - 1]) and words.folded[first - 1] in _DEFINITE


def _foreign_score(entity: Entity, word: str, introduced: bool) -> float:
    """Return the score of a commune of another department that is named in one word."""
    if word in lists.given_names():
        return 0.3 if introduced and entity.population > _VILLAGE else 0.0
    if entity.population > (_NEAR_TOWN if entity.insee.startswith(_NEAR) else _FAR_TOWN):
        return 0.85
    if introduced:
        return 0.7 if entity.population > _VILLAGE else 0.4
    return 0.0


def _may_stand_alone(name: Name, match: Match, words: Words) -> bool:
    """Whether the one word of *match* is no common word, nor a part of another name."""
    is_common = name.entity.subtype == "commune" and words.folded[match.first] in _not_alone()
    if is_common and not (_at(match.first, words) or is_of_town(match.first, words)):
        return False
    if _has_strange_article(name, match.first, words):
        return False
    return _stands_free(match, words)


def _at(first: int, words: Words) -> bool:
    """Whether « à » or « vers » stands before the word *first*."""
    return bool(first and words.gaps[first - 1]) and words.word(first - 1) in _AT


def _stands_free(match: Match, words: Words) -> bool:
    """Whether no hyphen ties the one word of *match* to a part of a longer name.

    « Champagne » in « Châlons-en-Champagne » does not, « Nîmes » in « la ligne Nîmes-Alès » does.
    """
    first, last = match.first, match.last
    after = last < len(words) and words.gap(last - 1) == "-" and last
    before = first and words.gap(first - 1) == "-" and first - 1
    tied = [i for i in (after, before) if i is not False and i]
    if any(words.folded[i] in _WITHIN_COMPOUNDS and words.shapes[i] == "l" for i in tied):
        return False
    tied = [i for i in tied if words.shapes[i] in "TAM"]
    if after and words.folded[after] in {"saint", "sainte"}:
        return False
    return all(words.folded[i] in lists.places() or words.word(i) in _ARTICLES for i in tied)


def _is_matter(words: Words, first: int) -> bool:
    """Whether the name at *first* is what a minister has: « la Défense », « l'Intérieur »."""
    before = _before_links(words, first)
    while before > 0 and words.folded[before] == "et" and words.shapes[before - 1] in "TAM":
        before = _before_links(words, before - 1)
    return before >= 0 and words.folded[before] in _OFFICES


def _before_links(words: Words, index: int) -> int:
    """Return the word before « de la », « des » and the like before *index*, or -1."""
    at = index - 1
    while at > 0 and words.gaps[at] == JOINED and words.folded[at] in {"la", "l", "les"}:
        at -= 1
    is_of = at > 0 and words.gaps[at] == JOINED and words.folded[at] in {"de", "d", "du", "des"}
    return at - 1 if is_of else -1


def _introduced(first: int, words: Words) -> bool:
    """Whether a preposition of place stands before the word *first*."""
    before = first - 1
    while before > 0 and words.folded[before] in {"la", "le", "les", "l"}:
        before -= 1
    return before >= 0 and bool(words.gaps[before]) and words.word(before) in _prepositions()


@cache
def _prepositions() -> frozenset[str]:
    return words_of("place_words", "prepositions")


@cache
def _not_alone() -> frozenset[str]:
    return words_of("place_words", "not_alone", plain=True)
