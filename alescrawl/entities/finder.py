"""A finder of mentions with what a user adds: names of their own, another tagger, links."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from alescrawl.entities.dates.days import days_of
from alescrawl.entities.finding import find_names
from alescrawl.entities.gazetteer.candidates import mention
from alescrawl.entities.gazetteer.spellings import seams
from alescrawl.entities.gazetteer.words import Words
from alescrawl.entities.values import find_values
from alescrawl.entities.values.attribution import attributed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from alescrawl.entities.finding import Tagger
    from alescrawl.entities.gazetteer.gazetteer import Gazetteer
    from alescrawl.items import Mention


@dataclass(frozen=True)
class Finder:
    """Finds the mentions of texts."""

    own_names: Gazetteer | None = None
    """Names besides those of the package; see ``gazetteer/own_names.py``."""
    tagger: Tagger | None = None
    """What tags unknown names instead of the package's tagger."""
    party_links: bool = False
    """Whether persons are linked to parties and unions of workers."""

    def find(
        self,
        text: str,
        published: date | str | None = None,
        *,
        title: str | None = None,
        scope: str | None = None,
    ) -> list[Mention]:
        """Return what *text* names, as :func:`find_mentions` says.

        The *title*, and the *scope* of the source where neither says it, tell where the text is.
        """
        words = Words(text, seams)
        days = days_of(published)
        day = days.middle.isoformat() if days else ""
        names = find_names(
            words,
            day,
            own_names=self.own_names,
            tagger=self.tagger,
            party_links=self.party_links,
            title=title,
            scope=scope,
        )
        found = [mention(name, words) for name in names]
        values = list(_free(find_values(text, published), found))
        return sorted([*found, *attributed(text, values, found)], key=lambda m: m.start)


def _free(values: list[Mention], names: list[Mention]) -> Iterator[Mention]:
    """Yield the *values* that overlap none of *names*; both are in order."""
    index = 0
    for value in values:
        while index < len(names) and names[index].end <= value.start:
            index += 1
        if index == len(names) or value.end <= names[index].start:
            yield value


@cache
def _usual() -> Finder:
    return Finder()


def find_mentions(
    text: str,
    published: date | str | None = None,
    *,
    title: str | None = None,
    scope: str | None = None,
) -> list[Mention]:
    """Return what *text* names, in the order of the text; no two names overlap.

    *published* is the day the text first appeared: a date, or ISO text that may be only a month or
    a year; anything else counts as no date. Offsets are code points of *text*. ``article_id`` is
    empty: the caller knows it. Nobody is linked to a party or a union of workers, which is personal
    data of a special kind: a :class:`Finder` with ``party_links`` does it.

    The *title*, which is not searched, helps to tell where the text is; so does the *scope* of its
    source (``gard``, ``regional`` or ``national``; none counts as ``gard``) where text and title
    say nothing.
    """
    return _usual().find(text, published, title=title, scope=scope)
