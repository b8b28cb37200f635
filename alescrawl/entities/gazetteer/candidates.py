"""What may be an entity, and which of those that overlap are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from alescrawl.items import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alescrawl.entities.gazetteer.gazetteer import Entity
    from alescrawl.entities.gazetteer.words import Words

Kind = Literal["institution", "person", "place", "other"]
Method = Literal["gazetteer", "model", "rule"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """The words from *first* to before *last*, which may name something."""

    first: int
    last: int
    kind: Kind
    method: Method
    score: float
    """How sure it is, 0 to 1: decides between candidates of the same length."""
    name: str = ""
    subtype: str = ""
    entity: Entity | None = None
    role: str = ""
    affiliation: str = ""
    tenure: str = ""
    """past or future, where the role is over or to come."""

    def named(self, name: str, entity: Entity | None = None) -> Candidate:
        """Return it as a mention of *entity*, called *name*."""
        return replace(self, name=name, entity=entity, subtype=entity.subtype if entity else "")


class Span(NamedTuple):
    """Words that the tagger takes for one name."""

    first: int
    last: int
    type: str
    """PER, ORG, LOC or DAT."""
    score: float
    """Marginal probability of its least sure label."""


def chosen(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return those of *candidates* that are kept, in order: the longest, then the surest."""
    ranked = sorted(candidates, key=lambda c: (c.first - c.last, -c.score, c.first))
    taken: set[int] = set()
    kept = []
    for candidate in ranked:
        span = range(candidate.first, candidate.last)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.first)


def mention(candidate: Candidate, words: Words) -> Mention:
    """Return *candidate* as a row of the table."""
    start, end = words.starts[candidate.first], words.ends[candidate.last - 1]
    entity = candidate.entity
    return Mention(
        kind=candidate.kind,
        surface=words.text[start:end],
        start=start,
        end=end,
        name=candidate.name or None,
        entity_id=entity.id if entity and entity.id else None,
        subtype=candidate.subtype or None,
        role=candidate.role or None,
        affiliation=candidate.affiliation or None,
        tenure=candidate.tenure or None,
        siren=entity.siren or None if entity else None,
        insee=entity.insee or None if entity and candidate.kind == "place" else None,
        method=candidate.method,
        score=candidate.score,
    )
