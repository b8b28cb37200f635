"""Institutions that no list knows, by the noun that introduces them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.candidates import Candidate
from alescrawl.entities.gazetteer.gazetteer import Entity, Gazetteer, Name
from alescrawl.entities.gazetteer.word_lists import table, words_of
from alescrawl.entities.gazetteer.words import JOINED

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from alescrawl.entities.gazetteer.gazetteer import Match
    from alescrawl.entities.gazetteer.words import Words

SURE: Final = 0.8
"""Score above which a listed name is believed to stand where it was found."""
_MOST_WORDS: Final = 14
_OTHER: Final = frozenset(["le", "la", "l", "les", "un", "une"])
"""After « et », they begin another name."""
_LONGEST_NUMBER: Final = 2
_ADJECTIVE: Final = re.compile(
    r"...(?:iqu|al|aux|air|ien|ienn|ain|ais|ois|ist|uel|uell|iell|eenn|een)e?s?$"
)
_CAPITAL: Final = frozenset("TAMd")
_OF_WHAT: Final = frozenset(
    ["de", "des", "du", "d", "la", "l", "les", "au", "aux", "pour", "contre"]
)
_AIMS: Final = frozenset(["contre", "pour"])
_PLACING: Final = frozenset(["a", "au", "aux", "en", "sur", "sous", "et", "pour"])
_WITH_CAPITAL: Final = frozenset(["capital", "whole"])
_REACH_SCORES: Final = {
    "official": 0.7,
    "direct": 0.7,
    "trade": 0.7,
    "whole": 0.68,
    "from": 0.7,
    "capital": 0.7,
    "after": 0.65,
}


@cache
def _heads() -> Gazetteer:
    """Return the nouns that introduce an institution; their ``id`` says how far its name goes."""
    gazetteer = Gazetteer()
    for kind, reaches in table("institution_heads").items():
        for reach, nouns in reaches.items():
            for noun in nouns.split(";"):
                entity = Entity(reach, noun.strip(), "head", kind)
                is_written = reach in _WITH_CAPITAL or entity.name.split(" ")[0].isupper()
                written = entity.name if is_written else entity.name.lower()
                gazetteer.add(Name(entity, written, ambiguous=False))
    return gazetteer


def conurbations(words: Words, listed: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the bodies that are called after the towns among *listed*: « Rennes Métropole »."""
    nouns = words_of("institution_links", "conurbations", plain=True)
    for place in listed:
        last = place.last
        if place.kind != "place" or last >= len(words) or words.gap(last - 1) != " ":
            continue
        if words.shapes[last] in "TA" and words.folded[last] in nouns:
            yield Candidate(
                place.first, last + 1, "institution", "rule", 0.7, subtype="public_body"
            )


def _is_letter(words: Words, first: int, last: int) -> bool:
    """Whether nothing but a letter follows a noun: « le groupe A » is no company."""
    return last - first == 1 and len(words.folded[first]) == 1


class Stops(NamedTuple):
    """The indexes of words where a listed name begins, at which the name before it ends."""

    institutions: Container[int]
    places: Container[int]


NO_STOPS: Final = Stops((), ())


def kind_of_noun(folded: str) -> str:
    """Return the kind of institutions whose names begin with a noun, given in plain form."""
    kinds = [n.entity.subtype for n in _heads().get(folded) if n.entity.id != "after"]
    return kinds[0] if kinds else ""


def stops(listed: Iterable[Candidate]) -> Stops:
    """Return where the surest of the *listed* candidates begin."""
    sure = [c for c in listed if c.score > SURE]
    return Stops(
        {c.first for c in sure if c.kind != "place"}, {c.first for c in sure if c.kind == "place"}
    )


def introduced_institutions(words: Words, stops: Stops) -> Iterator[Candidate]:
    """Yield what follows the nouns that introduce institutions, unless the lists know it."""
    for match in _heads().matches(words):
        for name in _fitting(words, match):
            first, last = _extent(words, match, name.entity, stops)
            if last and not _is_letter(words, max(first, match.last), last):
                subtype = name.entity.subtype
                score = _REACH_SCORES[name.entity.id]
                yield Candidate(first, last, "institution", "rule", score, subtype=subtype)


def _fitting(words: Words, match: Match) -> list[Name]:
    """Return the readings of a head: a noun in lower case is no part of the name it stands before.

    So « l'association Ravalou », but « l'association des amis de Ravalou » as a whole.
    """
    follows = [n for n in match.names if n.entity.id == "after"]
    is_direct = match.last < len(words) and words.shapes[match.last] in "TAM"
    is_lower = words.shapes[match.first] == "l"
    return follows if follows and is_direct and is_lower else list(match.names)


def _extent(words: Words, match: Match, head: Entity, stops: Stops) -> tuple[int, int]:
    """Return the first word of the name and the word after it, or (0, 0) where there is none."""
    if words.gaps[match.last - 1] != JOINED or _is_no_head(words, match, head):
        return 0, 0
    reach = head.id
    if reach == "after":
        first = _after(words, match.last, head.name)
        is_new = first and first not in stops.institutions
        if head.subtype == "association":  # which has its town in its name
            stops = stops._replace(places=())
        return (first, proper_end(words, first, stops)) if is_new else (0, 0)
    if reach in _WITH_CAPITAL and words.shapes[match.first] == "l":
        return 0, 0
    if reach == "from" and _is_of_listed(words, match, stops):
        return 0, 0
    if reach == "whole" and match.first in stops.institutions:  # « l'Union européenne »
        return 0, 0
    last = _end(words, match.last, reach, stops)
    return match.first, last and compound_end(words, last)


def _is_of_listed(words: Words, match: Match, stops: Stops) -> bool:
    """Whether a common noun leads to a listed body: « un institut de la Commission européenne »."""
    first = after_links(words, match.last, 3)
    return first > match.last and first in stops.institutions and words.shapes[match.first] == "l"


def compound_end(words: Words, last: int) -> int:
    """Return the word after the name with hyphens of which the word before *last* is a part.

    « Châlons » goes on to « Châlons-en-Champagne »; « est-il » and « là-bas » are no names.
    """
    end = at = last
    while at < len(words) and words.gap(at - 1) == "-":
        at += 1
        if words.shapes[at - 1] in _CAPITAL:
            end = at
    return end


def _is_no_head(words: Words, match: Match, head: Entity) -> bool:
    """Whether a noun leads to no body here: « Sud Métal » is no union, « usine de Mons » a site."""
    if head.name in _peoples():  # « le japonais Ravalou », but « le Japonais Ken Mori »
        return words.shapes[match.first] == "T"
    if head.name == "Sud":
        return words.shapes[match.first] == "T"
    if head.name.endswith(" de") and match.last < len(words):
        return _is_place(words, _after(words, match.last, head.name))
    return head.name == "château" and _is_place(words, after_links(words, match.last))


def _peoples() -> frozenset[str]:
    return words_of("institution_links", "peoples")


def _is_place(words: Words, index: int) -> bool:
    """Whether the name that begins at *index* is a place's, with its hyphens, and no more."""
    place = lists.places().at(words, index) if index else None
    if place is None:
        return False
    last = place.last
    return last >= len(words) or words.gap(last - 1) != "-" or words.shapes[last] == "l"


def _end(words: Words, index: int, reach: str, stops: Stops) -> int:
    """Return the word after a name whose first noun, part of it, ends before *index*."""
    if words.folded[index : index + 1] == ["a"] and index + 1 in stops.places:
        return 0  # « un commissariat à Toulouse »
    if reach == "official":
        return official_end(words, index, stops)
    if reach == "trade":
        return _trade_end(words, index)
    if reach == "whole":
        return max(_whole_end(words, index), official_end(words, index, stops))
    if reach == "direct":
        is_word = (
            words.gap(index - 1) == "-" and words.shapes[index - 1] == "T"
        )  # « Sud-Africains »
        last = 0 if is_word else proper_end(words, index - 1, stops)
        return last if last > index else 0
    return _complement_end(words, index)


def _after(words: Words, index: int, head: str) -> int:
    """Return where the name after *head*, which ends before *index*, begins, or 0."""
    if not head.endswith(" de"):
        return _skip_adjectives(words, _past_trade(words, index))
    is_linked = words.folded[index] in {"de", "d", "du"} and index + 1 < len(words)
    return index + 1 if is_linked and words.shapes[index + 1] in "TAM" else 0


def _past_trade(words: Words, index: int) -> int:
    """Return the word after what a firm makes (« fabricant de lunettes »), or *index*."""
    noun = index + 1
    if words.folded[index] not in {"de", "d"} or noun + 1 >= len(words):
        return index
    is_noun = words.shapes[noun] == "l" and words.gaps[index] == JOINED == words.gaps[noun]
    is_named = words.shapes[noun + 1] in "TM" and not lists.is_common_word(words.folded[noun + 1])
    return noun + 1 if is_noun and is_named and not _is_of_people(words, noun + 1) else index


def _is_of_people(words: Words, index: int) -> bool:
    """Whether a people, a person or a place is named: « un groupe de jeunes Nîmois »."""
    folded = words.folded[index]
    is_people = folded.removesuffix("s").endswith(
        ("ois", "ais", "ain", "ien", "eens", "een", "iste")
    )
    return is_people or folded in lists.given_names() or bool(lists.places().get(words.word(index)))


def _skip_adjectives(words: Words, index: int) -> int:
    """Return the index of the first capitalised word after at most two adjectives, or 0."""
    for at in range(index, min(index + 3, len(words))):
        if words.shapes[at] in "TAM":
            return at
        if words.folded[at] in words_of("institution_links", "links", plain=True):
            return 0
        if words.gaps[at] != JOINED:
            return 0
    return 0


def proper_end(words: Words, first: int, stops: Stops) -> int:
    """Return the word after the proper name that begins at *first*.

    It goes on through capitalised words and the links between them; a place after the name, or
    after « de », is where it stands and no part of it.
    """
    end = first + 1
    while end < len(words) and end - first < _MOST_WORDS and words.gaps[end - 1] == JOINED:
        if words.shapes[end] in _CAPITAL:
            if " " in words.gap(end - 1) and (end in stops.places or _begins_person(words, end)):
                break
            end += 1
            continue
        after = after_links(words, end)
        if not after or after in stops.places or after in stops.institutions:
            break
        if words.folded[end] in _PLACING:
            break
        end = after + 1
    return end


def _begins_other_name(words: Words, index: int, stops: Stops, *, joins: bool) -> bool:
    """Whether another name, or a year, begins at *index* inside what may be an official name.

    *joins* says that the name may end with the name of another institution.
    """
    if words.shapes[index] == "d":
        return len(words.folded[index]) > _LONGEST_NUMBER
    if index in stops.institutions:
        return not joins
    return _begins_person(words, index)


def _begins_person(words: Words, index: int) -> bool:
    is_given = words.folded[index] in lists.given_names() and words.tied(index)
    return is_given and index + 1 < len(words) and words.shapes[index + 1] in "TA"


def after_links(words: Words, index: int, most: int = 2) -> int:
    """Return the index of the capitalised word that links from *index* on lead to, or 0."""
    links = words_of("institution_links", "links", plain=True)
    for at in range(index, min(index + most, len(words) - 1)):
        if words.folded[at] not in links or words.gaps[at] != JOINED:
            return 0
        if words.shapes[at + 1] in "TAM":
            return at + 1
    return 0


def is_adjective(words: Words, index: int) -> bool:
    """Whether the word at *index* is an adjective, by the list or by how it ends."""
    word = words.folded[index]
    if word in words_of("institution_links", "adjectives", plain=True):
        return True
    is_other = word in words_of("institution_links", "no_adjectives", plain=True)
    return words.shapes[index] == "l" and not is_other and bool(_ADJECTIVE.search(word))


def _past_adjectives(words: Words, index: int) -> int:
    """Return the word after the adjectives that begin at *index*."""
    while index < len(words) - 1 and words.gaps[index - 1] == JOINED and is_adjective(words, index):
        index += 1
    return index


def _trade_end(words: Words, index: int) -> int:
    """Return the word after the trade that « des » names at *index* (« experts-comptables »)."""
    index = _past_adjectives(words, index)
    if index >= len(words) - 1 or words.folded[index] != "des":
        return 0
    index += 2
    while index < len(words) and words.gap(index - 1) == "-":
        index += 1
    place = index if words.gaps[index - 1] == JOINED else 0
    return _complement_end(words, place) if place and after_links(words, place) else index


def _whole_end(words: Words, index: int) -> int:
    """Return the word after the complement in lower case that begins at *index*, 0 if none does."""
    index = _past_adjectives(words, index)
    at = index
    while at < len(words) - 1 and words.gaps[at - 1] == JOINED and words.folded[at] in _OF_WHAT:
        at += 1
    if at == index or at >= len(words) or words.gaps[at - 1] != JOINED:
        return 0
    at += 1
    while at < len(words) and words.gaps[at - 1] == JOINED and is_adjective(words, at):
        at += 1
    goes_on = at < len(words) and words.gaps[at - 1] == JOINED and words.folded[at] in _AIMS
    return (_whole_end(words, at) if goes_on else 0) or at


def _complement_end(words: Words, index: int) -> int:
    """Return the word after the proper name that begins at *index*, links before it allowed."""
    if index >= len(words):
        return 0
    if words.folded[index] == "et":  # « la Ville et l'Urssaf »
        return 0
    first = index if words.shapes[index] in "TAM" else after_links(words, index, 3)
    return proper_end(words, first, NO_STOPS) if first else 0


def _leads_on(words: Words, at: int) -> bool:
    """Whether a link begins something else: « et la … », « la romanité accueille le … »."""
    word = words.folded[at]
    if word == "et":
        return at + 1 < len(words) and words.folded[at + 1] in _OTHER
    links = words_of("institution_links", "links", plain=True)
    return word in _OTHER and words.folded[at - 1] not in links


def official_end(words: Words, index: int, stops: Stops) -> int:
    """Return the word after an official name whose first noun ends before *index*, 0 if none.

    Words in lower case are part of it after a link (« du bassin versant »), and adjectives; it ends
    with its last proper name. After a first one, only the names of ministries and their services
    go on in lower case (« Égalité des territoires et du Logement »).
    """
    links = words_of("institution_links", "links", plain=True)
    is_long = words.folded[index - 1] in words_of("institution_links", "long", plain=True)
    joins = words.folded[index - 1] in words_of("institution_links", "of_others", plain=True)
    end, spare = 0, 0
    for at in range(index, min(index + _MOST_WORDS, len(words))):
        word = words.folded[at]
        if words.shapes[at] in _CAPITAL:
            is_number = words.shapes[at] == "d" and at not in {index, end}
            if is_number or _begins_other_name(words, at, stops, joins=joins and not end):
                break
            end, spare = at + 1, 0
        elif word in links and words.word(at) != "a":
            if _leads_on(words, at) or (end and not is_long and word in _PLACING):
                break
            spare = 1
        elif end and not is_long:
            break
        elif not is_adjective(words, at):
            if not spare:
                break
            spare = 0
        if words.gaps[at] != JOINED:
            break
    return end
