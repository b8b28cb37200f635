"""The institutions, persons and places of a text, from all who find some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.entities.gazetteer.candidates import Candidate, chosen
from alescrawl.entities.gazetteer.context import Context
from alescrawl.entities.gazetteer.matches import known, marks
from alescrawl.entities.names.acronyms import (
    abbreviated,
    expansions,
    initialled,
    introduced_acronyms,
)
from alescrawl.entities.names.areas import without_areas
from alescrawl.entities.names.companies import (
    extended,
    listed_companies,
    opening_companies,
    unknown_rows,
)
from alescrawl.entities.names.coreference import repeated, vouched
from alescrawl.entities.names.doubtful import without_namesakes
from alescrawl.entities.names.institution_rules import (
    SURE,
    conurbations,
    introduced_institutions,
    stops,
)
from alescrawl.entities.names.institutions import known_institutions, named_institution
from alescrawl.entities.names.persons import find_persons, named_persons, surnames_alone
from alescrawl.entities.names.place_rules import compounds, introduced_places
from alescrawl.entities.names.places import find_places
from alescrawl.entities.names.short_forms import short_forms
from alescrawl.entities.names.tagged_names import tagged, unexplained
from alescrawl.entities.roles.bodies import led_bodies
from alescrawl.entities.roles.roles import with_roles
from alescrawl.entities.tagger.tagger import tag

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from alescrawl.entities.gazetteer.candidates import Span
    from alescrawl.entities.gazetteer.gazetteer import Gazetteer
    from alescrawl.entities.gazetteer.matches import Mark
    from alescrawl.entities.gazetteer.words import Words

    Tagger = Callable[[Words, Iterator[Mark], Container[int]], list[Span]]


def find_names(
    words: Words,
    day: str,
    *,
    own_names: Gazetteer | None = None,
    tagger: Tagger | None = None,
    party_links: bool = False,
    title: str | None = None,
    scope: str | None = None,
) -> list[Candidate]:
    """Return the institutions, persons and places of *words*, a text of *day* (ISO, or empty).

    The other arguments are those of :class:`alescrawl.entities.finder.Finder`.
    """
    seen = known(words, own_names)
    context = Context(words, seen.places, title=title, scope=scope)
    listed = list(known_institutions(words, seen.institutions, day, context))
    listed += find_places(words, seen.places, context)
    introduced = list(introduced_institutions(words, stops(listed)))
    introduced += conurbations(words, listed)
    starts = {c.first for c in listed if c.score > SURE}
    found = [*listed, *introduced, *find_persons(words, starts)]
    found += extended(words, listed, starts)
    found += abbreviated(words)
    found += led_bodies(words)
    found += introduced_places(words)
    found += compounds(words)
    kept = _chosen(words, found)
    spans = (tagger or tag)(words, marks(seen, introduced), unexplained(words, kept))
    found += tagged(words, spans, kept, day, context)
    found += opening_companies(words, _chosen(words, found))
    found += listed_companies(words, _chosen(words, found))
    found += unknown_rows(words, _chosen(words, found))
    kept = [named_institution(words, c) for c in _chosen(words, found)]
    found += introduced_acronyms(words, kept)
    found += expansions(words, kept)
    found += initialled(words, kept)
    found += vouched(words, seen, kept, day)
    surnames = list(surnames_alone(words, [c for c in kept if c.kind == "person"]))
    found = [*without_namesakes(words, found, surnames), *surnames]
    found += repeated(words, _chosen(words, found))
    kept = _chosen(words, found)
    kept = _chosen(words, [*kept, *short_forms(words, kept, day, context)])
    kept = [named_institution(words, c) for c in kept]
    persons = named_persons(words, [c for c in kept if c.kind == "person"])
    others = [c for c in kept if c.kind in {"institution", "place"}]
    named = sorted([*persons, *others], key=lambda c: c.first)
    return with_roles(words, named, day, party_links=party_links)


def _chosen(words: Words, found: list[Candidate]) -> list[Candidate]:
    return chosen(without_areas(words, found))
