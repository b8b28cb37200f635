"""Which places of a text speak for the Gard, and which for elsewhere."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.gazetteer import Entity, Gazetteer, Name
from alescrawl.entities.gazetteer.word_lists import table, words_of
from alescrawl.entities.gazetteer.words import LINKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.entities.gazetteer.context import Context
    from alescrawl.entities.gazetteer.gazetteer import Match
    from alescrawl.entities.gazetteer.words import Words

_TOWN: Final = 12_000
_WELL_KNOWN: Final = 5_000
_HERE: Final = "gard"
_ARTICLES: Final = frozenset({"le", "du", "au"})
_NOT_ALONE: Final = ("place_words", "not_alone")
_PEOPLE_HERE, _PEOPLE_ELSEWHERE = 0.9, -0.5
_SPEAKERS: Final = frozenset({"m", "mme", "mlle", "me", "monsieur", "madame"})
_FAR: Final = frozenset({"country", "continent", "city"})


class Evidence(NamedTuple):
    """A name and what it says for the Gard (above 0) or for elsewhere (below 0)."""

    name: str
    weight: float
    at: int
    """Its first word."""


@cache
def names() -> Gazetteer:
    """Return the names of places and bodies of the Gard, and of the larger places elsewhere."""
    gazetteer = Gazetteer(_places())
    here: set[str] = set()
    communes = list(lists.rows("communes.tsv.gz"))
    here.update(words for words, insee, _, _ in communes if insee.startswith(lists.GARD))
    for words, insee, name, population in communes:
        local, people = insee.startswith(lists.GARD), int(population or 0)
        if words in here or people > _TOWN:
            entity = Entity("", name, "place", "commune", local=local, population=people)
            gazetteer.add_later(words, Name(entity, name, ambiguous=False))
    return gazetteer


def _places() -> Iterator[Name]:
    for name, kind, aliases, _, departments in lists.rows("places.tsv"):
        local = departments == lists.GARD
        entity = Entity("", name, "place", kind, local=local)
        for written in (name, *filter(None, aliases.split("|"))):
            yield Name(entity, written.rstrip("~"), written.endswith("~"))
    for cells in lists.rows("institutions.tsv"):
        if cells[-1] == _HERE and cells[-2].startswith(lists.GARD):
            entity = Entity("", cells[1], "institution", cells[2], local=True)
            for written in (lists.plain_name(cells[1]), *filter(None, cells[3].split("|"))):
                if not written.endswith("~"):
                    yield Name(entity, written, ambiguous=False)


def evidence(words: Words, context: Context) -> Iterator[Evidence]:
    """Yield what the names in *words* say, each as often as it stands there.

    A name begins with a capital: of « chambre d'agriculture du Gard » the Gard is enough.
    """
    gazetteer, end = names(), 0
    for index, word in enumerate(words.folded):
        if index < end:
            continue
        match = gazetteer.at(words, index) if words.shapes[index] != "l" else None
        if match is not None:
            end = match.last
            yield Evidence(words.surface(index, end), _weight(match, words, context), index)
        elif weight := _of_word(word):
            yield Evidence(words.word(index).lower(), weight, index)


@lru_cache(maxsize=1 << 14)
def _of_word(word: str) -> float:
    """Return what a word says that is no name of a place: « gardois », « Cévennes »."""
    lists_ = table("gard_words")
    if word in lists_["partly"]:
        return float(lists_["partly"][word])
    if word.startswith(_stems("of_the_gard")):
        return _PEOPLE_HERE
    return _PEOPLE_ELSEWHERE if word.startswith(_stems("of_elsewhere")) else 0


@cache
def _stems(field: str) -> tuple[str, ...]:
    return tuple(words_of("gard_words", field, plain=True))


def _weight(match: Match, words: Words, context: Context) -> float:
    """Return what a matched name says."""
    if all(n.entity.kind == "institution" for n in match.names):
        return _of_body(match, words, context)
    resolved = _of_namesakes(match, context)
    if resolved is not None and (match.last - match.first > 1 or resolved <= 0):
        return resolved
    return _of_name(match, words)


def _of_body(match: Match, words: Words, context: Context) -> float:
    """Return what a body's name says, which the text may give to the like body of elsewhere.

    So « la CPAM » of a text on Perpignan, and « Ville de Saint-Denis » of one on Paris.
    """
    span = words.folded[match.first : match.last]
    everywhere = words_of("gard_words", "everywhere", plain=True)
    if all(w in everywhere or w in LINKS for w in span) and not context.in_gard(match.first):
        return 0
    for first in range(match.first + 1, match.last):
        resolved = _of_namesakes(match._replace(first=first), context)
        if resolved is not None and resolved <= 0:
            return resolved
    return _of_name(match, words)


def _of_name(match: Match, words: Words) -> float:
    """Return what a name says that only one place bears, or that is of the Gard."""
    span = words.folded[match.first : match.last]
    here = [n for n in match.names if n.entity.local]
    elsewhere = [n for n in match.names if not n.entity.local]
    if len(span) == 1 and not _is_place(match.first, here, words):
        return 0
    if span[-1] in _around():
        return 0
    partly = [w for w in map(_of_word, span) if 0 < w < _PEOPLE_HERE]
    if partly and (here or len(span) == 1):
        return min(partly)
    if not here and len(span) == 1 and span[0] in lists.given_names():
        return 0
    if not here:
        return min(_elsewhere(n.entity, span[0]) for n in elsewhere)
    return _here(here, elsewhere, span)


def _of_namesakes(match: Match, context: Context) -> float | None:
    """Return what a name says that is a commune of the Gard and others: as the text resolves it."""
    found = context.communes_at(match.first, match.last)
    if len({n.entity.department for n in found}) < 2 or not any(n.entity.local for n in found):  # noqa: PLR2004 - of one
        return None
    meant = context.chosen(match, found)
    if meant is None:
        # Nothing said of elsewhere: as likely as the name alone makes it.
        return None if context.says_nothing_against_gard(match) else 0.0
    return 0.7 if meant.entity.local else -1.0


def _here(here: list[Name], elsewhere: list[Name], span: list[str]) -> float:
    """Return how surely a name is one of the Gard."""
    if all(n.ambiguous for n in here):
        return 0.3
    people = max(n.entity.population for n in here)
    if people and any(n.entity.population > people for n in elsewhere):
        return 0.4
    if all(n.entity.kind == "institution" for n in here) and not _towns() & set(span):
        return 0.5  # it may have sites elsewhere
    also_given = span[0] in lists.given_names() and people < _WELL_KNOWN
    return 0.7 if elsewhere or also_given else 1


@cache
def _towns() -> frozenset[str]:
    """Return the words that tell that a body is of the Gard."""
    return frozenset({*table("gard_words")["towns"].split(), _HERE})


def _elsewhere(entity: Entity, word: str) -> float:
    common = word in words_of(*_NOT_ALONE, plain=True)
    if word in _around() or (common and entity.subtype == "commune"):
        return 0
    return -0.4 if common or entity.subtype in _FAR else -1


def _is_place(index: int, here: list[Name], words: Words) -> bool:
    """Whether a name of one word is none of a person, and « Gard » the department."""
    if index == 0 and words.gap(0).strip() == ":":
        return True  # a dateline
    before = words.folded[index - 1] if index and words.gaps[index - 1] else ""
    if words.folded[index] == _HERE:
        return _is_department(index, before, words)
    if here and words.folded[index] in words_of(*_NOT_ALONE, plain=True):
        return False
    if before in LINKS:
        return True  # « Le Vigan »; Lê is a given name
    return before not in _SPEAKERS and not (
        before in lists.given_names() and words.shapes[index - 1] == "T"
    )


def _is_department(index: int, before: str, words: Words) -> bool:
    """Whether it is « le Gard », « (Gard) » or « Gard : », and not Martin du Gard."""
    if before in _ARTICLES:
        return index < 2 or words.folded[index - 2] != "martin"  # noqa: PLR2004 - a word before
    return words.gap(index - 1).endswith("(") or words.gap(index).lstrip().startswith((":", ","))


@cache
def _around() -> frozenset[str]:
    return frozenset(table("gard_words")["around"]["names"].replace("-", " ").split())
