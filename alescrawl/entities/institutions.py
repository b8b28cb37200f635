"""Institutions that the gazetteer knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alescrawl.entities.candidates import Candidate
from alescrawl.entities.places import with_article
from alescrawl.entities.words import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alescrawl.entities.gazetteer import Match, Name
    from alescrawl.entities.words import Words

_CALLED_AS_WRITTEN: Final = frozenset({"company", "union", "media", "party", "cluster"})
"""Kinds of bodies whose every name is a usual name: « CGT », « Perrier »."""


def known_institutions(words: Words, matches: Iterable[Match], day: str) -> Iterator[Candidate]:
    """Yield the known institutions among *matches*, as they were on *day* (ISO, or empty).

    Programmes, labels and events come as candidates of kind ``other``: they are no entities,
    and neither are the names inside them.
    """
    for match in matches:
        name = _best(match, day)
        entity = name.entity
        if entity.kind == "other":
            yield Candidate(match.first, match.last, "other", "gazetteer", 1.0)
            continue
        first = with_article(name.written, match.first, words)
        if not name.ambiguous and not _is_union_of(name, match, words):
            found = Candidate(first, match.last, "institution", "gazetteer", 0.9)
            yield found.named(usual_name(name), entity)


def _best(match: Match, day: str) -> Name:
    """Return the name that was in use on *day*, a group before its local branch."""
    return max(
        match.names,
        key=lambda n: (
            n.entity.valid(day),
            not n.ambiguous,
            key(n.entity.name) == key(n.written),
            not n.entity.local,
        ),
    )


def usual_name(name: Name) -> str:
    """Return what the body is called under the name that the text uses."""
    entity = name.entity
    return name.written if entity.subtype in _CALLED_AS_WRITTEN else entity.name


def _is_union_of(name: Name, match: Match, words: Words) -> bool:
    """Whether the text has a union and a company where the list has one name (« CGT de X »)."""
    if name.entity.subtype != "union" or " de " in name.written:
        return False
    return "de" in words.folded[match.first : match.last]
