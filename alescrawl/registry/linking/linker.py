"""Each institution's candidates with their probability; one that is sure enough is its company."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from alescrawl.registry.linking.evidence import Weighed
from alescrawl.registry.linking.name_index import NEAR
from alescrawl.registry.linking.named import writings_of
from alescrawl.registry.linking.probability import model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alescrawl.registry.linking.name_index import Candidate, NameIndex
    from alescrawl.registry.linking.named import Named
    from alescrawl.registry.linking.probability import Model

_LEAST: float = 0.02
"""What is less probable is not told as a candidate."""


@dataclass(frozen=True)
class Choice:
    """A company that an institution may be."""

    company: Mapping[str, Any]
    probability: float
    evidence: list[str]
    needs_person: bool = False


@dataclass(frozen=True)
class Outcome:
    """What is known of an institution: the *choices*, the likeliest first."""

    named: Named
    choices: list[Choice] = field(default_factory=list)

    def linked(self, threshold: float) -> Choice | None:
        """Return the choice that is sure enough, if one is; a name of common words never is."""
        best = self.choices[0] if self.choices else None
        if best is None or best.needs_person or best.probability < threshold:
            return None
        return best


def choices_of(
    named: Named,
    index: NameIndex,
    managers: Mapping[str, frozenset[str]] | None = None,
    by: Model | None = None,
) -> Outcome:
    """Return which companies of *index* an institution may be, and how likely.

    *managers* are folded names by SIREN, where they are known.
    """
    weighed = weigh(named, index.candidates(writings_of(named)), managers or {})
    probabilities = (by or model()).probabilities([each for _, each in weighed])
    choices = [
        Choice(candidate.company, probability, each.words, each.needs_person)
        for (candidate, each), probability in zip(weighed, probabilities, strict=True)
        if probability >= _LEAST
    ]
    return Outcome(named, sorted(choices, key=lambda c: (-c.probability, c.company["siren"])))


def weigh(
    named: Named, candidates: list[Candidate], managers: Mapping[str, frozenset[str]]
) -> list[tuple[Candidate, Weighed]]:
    """Return the evidence on each of the *candidates*."""
    by_name = sum(candidate.match != NEAR for candidate in candidates)
    found = []
    for candidate in candidates:
        weighed = Weighed(named, candidate, by_name - (candidate.match != NEAR))
        weighed.weigh_managers(managers.get(candidate.company["siren"], frozenset()))
        found.append((candidate, weighed))
    return found
