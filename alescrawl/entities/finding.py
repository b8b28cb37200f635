"""All the mentions of a text."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from alescrawl.entities.acronyms import expansions, introduced_acronyms
from alescrawl.entities.candidates import Candidate, chosen, mention
from alescrawl.entities.extensions import extended
from alescrawl.entities.institution_rules import SURE, introduced_institutions, stops
from alescrawl.entities.institutions import known_institutions, named_institution
from alescrawl.entities.known import known, marks
from alescrawl.entities.persons import find_persons, named_persons, surnames_alone
from alescrawl.entities.place_rules import introduced_places
from alescrawl.entities.places import find_places
from alescrawl.entities.repeats import repeated, vouched
from alescrawl.entities.roles import with_roles
from alescrawl.entities.short_forms import short_forms
from alescrawl.entities.tagged import tagged
from alescrawl.entities.tagger import tag
from alescrawl.entities.words import Words

if TYPE_CHECKING:
    from alescrawl.items import Mention


def find_mentions(
    text: str, published: date | datetime | str | None = None, *, party_links: bool = False
) -> list[Mention]:
    """Return what *text* names, in the order of the text; no two mentions overlap.

    *published* is the day the text first appeared: a date, or ISO text that may be only a month or
    a year. Offsets are code points of *text*. ``article_id`` is empty: the caller knows it.
    Who belongs to a party or a union of workers is told with *party_links* only: it is personal
    data of a special kind.
    """
    words = Words(text)
    day = published.isoformat()[:10] if isinstance(published, date) else (published or "")
    return [mention(c, words) for c in find_names(words, day, party_links=party_links)]


def find_names(words: Words, day: str, *, party_links: bool = False) -> list[Candidate]:
    """Return the institutions, persons and places of *words*, a text of *day*."""
    seen = known(words)
    listed = [*known_institutions(words, seen.institutions, day), *find_places(words, seen.places)]
    introduced = list(introduced_institutions(words, stops(listed)))
    starts = {c.first for c in listed if c.score > SURE}
    found = [*listed, *introduced, *find_persons(words, starts)]
    found += extended(words, listed, starts)
    found += introduced_places(words)
    kept = chosen(found)
    found += tagged(words, tag(words, marks(seen, introduced)), kept)
    kept = chosen(found)
    found += introduced_acronyms(words, kept)
    found += expansions(words, kept)
    found += vouched(seen, kept, day)
    found += surnames_alone(words, [c for c in kept if c.kind == "person"])
    found += repeated(words, chosen(found))
    kept = chosen(found)
    kept = chosen([*kept, *short_forms(words, kept, day)])
    kept = [named_institution(words, c) for c in kept]
    persons = named_persons(words, [c for c in kept if c.kind == "person"])
    others = [c for c in kept if c.kind in {"institution", "place"}]
    named = sorted([*persons, *others], key=lambda c: c.first)
    return with_roles(words, named, party_links=party_links)
