"""How likely each candidate is the one that is meant, or none of them: one calibrated model.

A conditional logit: each candidate has a score out of its evidence, « none of them » has the score
zero, and the probabilities of all of them add up to one. So two companies of which nothing tells
one from the other share what there is, and neither is linked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp
from typing import TYPE_CHECKING

from alescrawl.entities.gazetteer.word_lists import table
from alescrawl.registry.linking.evidence import FEATURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alescrawl.registry.linking.evidence import Weighed


@dataclass(frozen=True)
class Model:
    """Weights by feature, and the probability above which a link is made."""

    weights: tuple[float, ...]
    threshold: float

    def score(self, vector: Sequence[float]) -> float:
        """Return the score of one candidate."""
        return sum(w * x for w, x in zip(self.weights, vector, strict=True))

    def probabilities(self, weighed: Sequence[Weighed]) -> list[float]:
        """Return the probability of each candidate; of impossible ones it is zero."""
        strengths = [0.0 if w.is_impossible else exp(self.score(w.vector)) for w in weighed]
        total = 1.0 + sum(strengths)
        return [strength / total for strength in strengths]


@cache
def model() -> Model:
    """Return the model that `python benchmarks/registry.py --fit` made."""
    told = table("registry_model")
    return Model(tuple(float(told["weights"][name]) for name in FEATURES), float(told["threshold"]))
