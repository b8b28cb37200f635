"""All the mentions of a text."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from alescrawl.entities.acronyms import expansions, introduced_acronyms
from alescrawl.entities.candidates import Candidate, chosen, mention
from alescrawl.entities.institution_rules import Stops, introduced_institutions
from alescrawl.entities.institutions import known_institutions
from alescrawl.entities.known import known
from alescrawl.entities.persons import find_persons, named_persons, surnames_alone
from alescrawl.entities.places import find_places
from alescrawl.entities.repeats import repeated, vouched
from alescrawl.entities.short_forms import short_forms
from alescrawl.entities.words import Words

if TYPE_CHECKING:
    from alescrawl.items import Mention

_SURE: Final = 0.8


def find_mentions(text: str, published: date | datetime | str | None = None) -> list[Mention]:
    """Return what *text* names, in the order of the text; no two mentions overlap.

    *published* is the day the text first appeared: a date, or ISO text that may be only a month or
    a year. Offsets are code points of *text*. ``article_id`` is empty: the caller knows it.
    """
    words = Words(text)
    day = published.isoformat()[:10] if isinstance(published, date) else (published or "")
    return [mention(c, words) for c in find_names(words, day)]


def find_names(words: Words, day: str) -> list[Candidate]:
    """Return the institutions, persons and places of *words*, a text of *day*."""
    seen = known(words)
    listed = [*known_institutions(words, seen.institutions, day), *find_places(words, seen.places)]
    starts = {c.first for c in listed if c.score > _SURE}
    places = {c.first for c in listed if c.score > _SURE and c.kind == "place"}
    stops = Stops(starts - places, places)
    found = [*listed, *introduced_institutions(words, stops), *find_persons(words, starts)]
    kept = chosen(found)
    found += introduced_acronyms(words, kept)
    found += expansions(words, kept)
    found += vouched(seen, kept, day)
    found += surnames_alone(words, [c for c in kept if c.kind == "person"])
    found += repeated(words, chosen(found))
    kept = chosen(found)
    kept = chosen([*kept, *short_forms(words, kept, day)])
    persons = named_persons(words, [c for c in kept if c.kind == "person"])
    others = [c for c in kept if c.kind in {"institution", "place"}]
    return sorted([*persons, *others], key=lambda c: c.first)
