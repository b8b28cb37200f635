"""Symmetric decision trees over the features of blocks, evaluated for a whole page at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Vector = NDArray[Any]

STAGE: Final = "body"


@dataclass(frozen=True)
class Trees:
    """A sum of trees in which all nodes of a level ask the same question.

    ``names`` are the features asked for. Question ``n`` is whether feature ``feature[n]`` is
    above ``border[n]``. ``questions`` (levels, trees) says what each level asks; the answers,
    first level lowest, are the number of the leaf in ``leaves`` (trees, leaves).
    """

    names: tuple[str, ...]
    feature: Vector
    border: Vector
    questions: Vector
    leaves: Vector
    bias: float

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The features asked for, as a set."""
        return frozenset(self.names)

    def probabilities(self, found: Mapping[str, Vector]) -> Vector:
        """Return for each block how likely it is part of the text, 0 to 1."""
        table = np.empty((len(self.names), len(found[self.names[0]])), dtype=np.float32)
        for row, name in enumerate(self.names):
            table[row] = found[name]
        answers = (table.take(self.feature, axis=0) > self.border[:, None]).view(np.uint8)
        leaf = np.zeros((len(self.leaves), table.shape[1]), dtype=np.uint8)
        for level in reversed(self.questions):  # doubling and adding bytes is what numpy does best
            leaf += leaf
            leaf += answers.take(level, axis=0)
        first = np.arange(0, self.leaves.size, self.leaves.shape[1])[:, None]
        total = self.leaves.ravel().take(leaf + first).sum(axis=0) + self.bias
        result: Vector = 1 / (1 + np.exp(-total))
        return result


@cache
def load(stage: str = STAGE) -> Trees:
    """Return the trees of *stage* from the package's data."""
    raw = (files("alescrawl") / "data" / "body_model.npz").read_bytes()
    with np.load(BytesIO(raw), allow_pickle=False) as stored:
        read = {name: stored[f"{stage}_{name}"] for name in _FIELDS}
    return Trees(
        names=tuple(read["names"].tolist()),
        feature=read["feature"].astype(np.intp),
        border=read["border"],
        questions=np.ascontiguousarray(read["questions"].T, dtype=np.intp),
        leaves=read["leaves"].astype(np.float32),
        bias=float(read["bias"]),
    )


_FIELDS: Final = ("names", "feature", "border", "questions", "leaves", "bias")
