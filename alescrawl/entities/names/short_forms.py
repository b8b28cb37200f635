"""Short forms of institutions, resolved by what the text names, by its places and its day."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.candidates import Candidate
from alescrawl.entities.gazetteer.context import occitanie
from alescrawl.entities.gazetteer.gazetteer import Entity
from alescrawl.entities.gazetteer.word_lists import table
from alescrawl.entities.gazetteer.words import JOINED, LINKS, key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alescrawl.entities.gazetteer.context import Context
    from alescrawl.entities.gazetteer.words import Words

_ARTICLES: Final = frozenset(
    ["l", "la", "le", "les", "du", "de", "d", "au", "des", "aux", "sa", "son", "notre", "cette"]
)
_MOST_WORDS: Final = 7
_MOST_TOWNS: Final = 10
_UNKNOWN: Final = 0.5
"""Score of a short form of which it can't be known whose it is."""
_GOING_ON: Final = frozenset(["des", "de", "du", "d"]) | {
    f"{stem}{ending}"
    for stem in ("regional", "departemental", "national", "syndical")
    for ending in ("e", "")
}
_OF_STATE: Final = frozenset(["public_body", "chamber"])


class Form(NamedTuple):
    """A short form: the words it abbreviates, its kind, and whom it means by default."""

    like: tuple[str, ...]
    """First words, in plain form, of the names it may stand for."""
    subtype: str
    usual: tuple[str, ...]
    """Identifiers that it means by default, each after a #."""
    always: bool
    """Whether it is a body even where nothing tells which."""
    default: dict[str, str]
    """Identifiers by plain name of a commune or its EPCI's seat; ``*`` for any."""


@cache
def forms() -> dict[str, Form]:
    """Return the short forms by their plain words."""
    found = {}
    for entry in table("short_forms")["form"]:
        for words in entry["words"]:
            default = entry.get("default", {})
            usual = tuple(f"#{id_}" for ids in default.values() for id_ in ids.split())
            like = tuple(key(word) for word in entry["like"])
            always = bool(entry.get("always"))
            found[key(words)] = Form(like, entry["subtype"], usual, always, default)
    return found


def short_forms(
    words: Words, kept: Sequence[Candidate], day: str, context: Context
) -> Iterator[Candidate]:
    """Yield the short forms of *words* (« l'Agglo », « la CCI »), as what they stand for.

    In a text on another department than the Gard they are bodies of which no more is known.

    *kept* are the candidates that the text is known to name, in order.
    """
    bodies = _Bodies(kept, day, context)
    areas = {c.first: c for c in kept if c.kind == "place" and c.entity}
    for index, shape in enumerate(words.shapes):
        if shape in "TA" and _has_article(words, index):
            last, form = _longest_form(words, index)
            if form and not _goes_on(words, last):
                found = Candidate(index, last, "institution", "rule", 0.75, subtype=form.subtype)
                area = areas.get(last) if words.gap(last - 1) == " " else None
                resolved = (
                    _of_area(words, found, area) if area else bodies.resolved(found, form, words)
                )
                if resolved.name or form.always:
                    yield resolved


def _of_area(words: Words, found: Candidate, area: Candidate) -> Candidate:
    """Return *found*, which the name of an *area* follows, as its body: « la Région Bretagne »."""
    is_region = area.entity is not None and area.entity.subtype == "region"
    body = replace(found, last=area.last) if is_region else replace(found, score=_UNKNOWN)
    return replace(body, name=words.surface(body.first, body.last))


class _Bodies:
    """The bodies and towns that a text names, in the order in which it does."""

    def __init__(self, kept: Sequence[Candidate], day: str, context: Context) -> None:
        self.day, self.context = day, context
        self._places = [c for c in kept if c.kind == "place" and c.entity]
        towns = Counter(c.name for c in kept if c.kind == "place" and c.entity)
        self.towns = [key(name) for name, _ in towns.most_common(_MOST_TOWNS)]
        self._named: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in kept:
            if candidate.kind == "institution":
                for word in _first_words(candidate):
                    self._named[word].append(candidate)
                if candidate.entity:
                    self._named[f"#{candidate.entity.id}"].append(candidate)

    def resolved(self, found: Candidate, form: Form, words: Words) -> Candidate:
        """Return *found* as the body it stands for: the last one named, else the usual one."""
        town = _town_of(words, found.last)
        if town and form.subtype == "chamber":
            found = replace(found, last=found.last + 1)
        other = None if town else self._last_named(form, found.first)
        if other:
            return found.named(other.name, other.entity or _unlisted(other))
        day = self.context.day_at(found.first, self.day)
        if town or self._is_here(form, found.first):
            entity = _default(form, [town] if town else self._towns_at(form, found.first), day)
            if entity:
                return found.named(entity.name, entity)
        surface = words.surface(found.first, found.last)
        return replace(found, name=surface, score=_UNKNOWN) if form.subtype in _OF_STATE else found

    def _is_here(self, form: Form, index: int) -> bool:
        if not form.usual or form.usual[0] in {"#etat", "#gouvernement"}:
            return True
        is_region = any(id_.startswith("#region-") for id_ in form.usual)
        departments = occitanie() if is_region else frozenset([lists.GARD])
        is_default = self.context.is_in(departments, index)
        return is_default or self._near_town(index) in form.default

    def _towns_at(self, form: Form, index: int) -> list[str]:
        """Return the towns to go by: for a town hall that which is named nearest before."""
        near = self._near_town(index)
        return [near] if "town" in form.default and near else [near, *self.towns]

    def _near_town(self, index: int) -> str:
        at = bisect_left(self._places, index, key=lambda c: c.first)
        towns = [c for c in self._places[max(0, at - 1) : at] if c.entity]
        return key(towns[0].name) if towns else ""

    def _last_named(self, form: Form, first: int) -> Candidate | None:
        """Return the last body like *form* named before the word *first*, else the next one.

        Those that the form means by itself in some town come before all others.
        """
        ranked = [
            (is_usual, is_before, candidate.first if is_before else -candidate.first, candidate)
            for is_usual, words in ((True, form.usual), (False, form.like))
            for word in words
            for is_before, candidate in self._nearest(word, first)
        ]
        return max(ranked, key=lambda r: r[:3])[3] if ranked else None

    def _nearest(self, like: str, first: int) -> Iterator[tuple[bool, Candidate]]:
        named = self._named.get(like, ())
        at = bisect_left(named, first, key=lambda c: c.first)
        if at:
            yield True, named[at - 1]
        if at < len(named):
            yield False, named[at]


def _first_words(candidate: Candidate) -> set[str]:
    """Return the first words, plain, of a body's name, and of its identifier."""
    entity = candidate.entity
    parts = entity.id.split("-") if entity else []
    name = key(candidate.name).split(" ") if candidate.name else []
    return {" ".join(part[:n]) for n in (1, 2) for part in (name, parts) if part}


def _unlisted(candidate: Candidate) -> Entity:
    return Entity("", candidate.name, "institution", candidate.subtype)


def _goes_on(words: Words, index: int) -> bool:
    """Whether what follows a short form makes it another body's name (« Chambre des communes »)."""
    if index >= len(words) or words.gaps[index - 1] != JOINED or words.shapes[index] != "l":
        return False
    return words.folded[index] in _GOING_ON


def _has_article(words: Words, index: int) -> bool:
    if index == 0 or not words.gaps[index - 1]:
        return False
    if words.folded[max(0, index - 2) : index] == ["prefet", "de"]:
        return False  # the prefect of a region is an office of the State
    return words.folded[index - 1] in _ARTICLES


def _longest_form(words: Words, first: int) -> tuple[int, Form | None]:
    """Return the longest short form that begins at *first*, and the word after it."""
    found: tuple[int, Form | None] = (0, None)
    content: list[str] = []
    for last in range(first, min(first + _MOST_WORDS, len(words))):
        if words.folded[last] not in LINKS:
            content.append(words.folded[last])
            form = forms().get(" ".join(content))
            found = (last + 1, form) if form else found
        if words.gaps[last] != JOINED:
            break
    return found


def _town_of(words: Words, index: int) -> str:
    """Return the plain name of the place whose adjective stands at *index* (« nîmoise »)."""
    if index >= len(words) or not words.gaps[index - 1]:
        return ""
    return _demonyms().get(words.folded[index], "")


@cache
def _demonyms() -> dict[str, str]:
    rows: dict[str, Any] = table("short_forms")["demonyms"]
    return {key(word): key(place) for place, words in rows.items() for word in words.split()}


def _default(form: Form, towns: Sequence[str], day: str) -> Entity | None:
    """Return whom *form* means in a text of *towns*, most named first, on *day*."""
    if "town" in form.default:
        return _town_hall(towns)
    for town in (*towns, "*"):
        known = [lists.institutions_by_id().get(i) for i in form.default.get(town, "").split()]
        valid = [entity for entity in known if entity and entity.valid(day)]
        if valid:  # without a day, the one that is there today
            return next((e for e in valid if day or not e.valid_to), valid[0])
    return None


def _town_hall(towns: Sequence[str]) -> Entity | None:
    """Return the municipality of the first of *towns* that is a commune of the Gard."""
    for town in towns:
        for name in lists.places().get(town):
            if name.entity.local and name.entity.subtype == "commune":
                for hall in lists.institutions().get(f"mairie {name.entity.name}"):
                    return hall.entity
    return None
