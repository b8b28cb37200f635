"""Boosted trees in which all nodes of a level ask one question, as the body model is made of.

Newton boosting of the logistic loss on features that are cut into at most 64 bins. Needs numba.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numba import njit

Vector = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Settings:
    """How trees are grown; ``share`` is that of the features tried at each level."""

    trees: int = 400
    depth: int = 6
    rate: float = 0.06
    l2: float = 0.3
    share: float = 0.2
    rows: float = 0.7
    bins: int = 64
    seed: int = 0


@dataclass(slots=True)
class Forest:
    """The trees: question ``q`` of a level is whether ``feature[q]`` is above ``border[q]``."""

    bias: float
    features: list[list[int]] = field(default_factory=list)
    borders: list[list[float]] = field(default_factory=list)
    leaves: list[Vector] = field(default_factory=list)

    def likely(self, table: Vector) -> Vector:
        """Return for each row of *table* how likely it is 1."""
        total = np.full(len(table), self.bias)
        for features, borders, leaves in zip(self.features, self.borders, self.leaves, strict=True):
            leaf = np.zeros(len(table), dtype=np.int64)
            for level, (feature, border) in enumerate(zip(features, borders, strict=True)):
                leaf += (table[:, feature] > border).astype(np.int64) << level
            total += leaves[leaf]
        result: Vector = 1 / (1 + np.exp(-total))
        return result


def borders_of(table: Vector, bins: int) -> list[Vector]:
    """Return for each column the values between which it is cut: quantiles of what it holds."""
    found = []
    for column in table.T:
        values = np.unique(column)
        if len(values) > bins:
            values = np.unique(np.quantile(column, np.linspace(0, 1, 4 * bins)))
            values = values[np.unique(np.linspace(0, len(values) - 1, bins).astype(int))]
        found.append(((values[:-1] + values[1:]) / 2).astype(np.float32))
    return found


def binned(table: Vector, borders: list[Vector]) -> Vector:
    """Return the number of the bin of each value, one row per feature."""
    return np.array(
        [np.searchsorted(each, table[:, n]) for n, each in enumerate(borders)], dtype=np.uint8
    )


def grow(table: Vector, label: Vector, weight: Vector, settings: Settings) -> Forest:
    """Return the trees that tell the rows labelled 1 from those labelled 0."""
    borders = borders_of(table, settings.bins)
    return grow_binned(binned(table, borders), borders, label, weight, settings)


def grow_binned(
    bins: Vector, borders: list[Vector], label: Vector, weight: Vector, settings: Settings
) -> Forest:
    """Return the trees as :func:`grow` does, from features that were cut already."""
    random = np.random.default_rng(settings.seed)
    mean = float(np.average(label, weights=weight))
    forest = Forest(float(np.log(mean / (1 - mean))))
    total = np.full(len(label), forest.bias)
    usable = np.flatnonzero([len(each) > 0 for each in borders])
    tried = max(1, int(settings.share * len(usable)))
    for _ in range(settings.trees):
        likely = 1 / (1 + np.exp(-total))
        drawn = weight * (random.random(len(label)) < settings.rows)
        gradient, hessian = (label - likely) * drawn, likely * (1 - likely) * drawn
        leaf = np.zeros(len(label), dtype=np.int64)
        features: list[int] = []
        cuts: list[int] = []
        for level in range(settings.depth):
            some = np.sort(random.choice(usable, tried, replace=False))
            feature, cut = _best(
                bins, some, leaf, gradient, hessian, 1 << level, settings.bins, settings.l2
            )
            features.append(int(feature))
            cuts.append(min(int(cut), len(borders[feature]) - 1))
            leaf += (bins[feature] > cuts[-1]).astype(np.int64) << level
        sums = np.bincount(leaf, gradient, 1 << settings.depth)
        scale = np.bincount(leaf, hessian, 1 << settings.depth)
        leaves = settings.rate * sums / (scale + settings.l2)
        total += leaves[leaf]
        forest.features.append(features)
        forest.borders.append([float(borders[f][c]) for f, c in zip(features, cuts, strict=True)])
        forest.leaves.append(leaves)
    return forest


@njit(cache=True)  # type: ignore[misc, untyped-decorator]
def _best(bins, some, leaf, gradient, hessian, leaves, size, l2):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0917
    """Return the feature of *some* and the bin after which to cut all leaves best."""
    best, feature, cut = -1.0, some[0], 0
    for each in some:
        column = bins[each]
        sums = np.zeros((leaves, size + 1))
        scales = np.zeros((leaves, size + 1))
        for row in range(len(leaf)):
            if hessian[row] > 0:
                sums[leaf[row], column[row]] += gradient[row]
                scales[leaf[row], column[row]] += hessian[row]
        gains = np.zeros(size + 1)
        for at in range(leaves):
            whole, scale = sums[at].sum(), scales[at].sum()
            below, part = 0.0, 0.0
            for bin_ in range(size):
                below += sums[at, bin_]
                part += scales[at, bin_]
                above, rest = whole - below, scale - part
                gains[bin_] += below * below / (part + l2) + above * above / (rest + l2)
        for bin_ in range(size):
            if gains[bin_] > best:
                best, feature, cut = gains[bin_], each, bin_
    return feature, cut
