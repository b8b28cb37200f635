"""The tagger in the package: a linear-chain CRF, decoded with numpy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from alescrawl.entities.gazetteer.candidates import Span
from alescrawl.entities.tagger.features import (
    OFFSETS,
    position_attributes,
    word_attributes,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from numpy.typing import NDArray

    from alescrawl.entities.gazetteer.matches import Mark
    from alescrawl.entities.gazetteer.words import Words

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]

REACH: Final = 4
"""Words beside a word that is asked for, within which a name that holds it lies."""
LONGEST: Final = 100
"""Words in a stretch that is decoded as one; longer sentences are cut."""
_BLOCK: Final = 256
_RESIZED: Final = 8
_KEPT_WORDS: Final = 30_000


@dataclass(frozen=True)
class Model:
    """What the training learnt: a weight for each attribute and label, and for each step."""

    rows: dict[str, int]
    weights: Floats
    """One row an attribute, one column a label; the last row is of zeros, for the unknown."""
    steps: Floats
    labels: tuple[str, ...]
    known_words: dict[str, Floats]

    def word_weights(self, word: str) -> Floats:
        """Return the weights of *word* at each of the offsets, one row each."""
        found = self.known_words.get(word)
        if found is None:
            if len(self.known_words) > _KEPT_WORDS:
                self.known_words.clear()
            parts = zip(OFFSETS, word_attributes(word), strict=True)
            found = np.stack([self._sum(f"{o}{a}" for a in names) for o, names in parts])
            self.known_words[word] = found
        return found

    def _sum(self, attributes: Iterable[str]) -> Floats:
        rows = [self.rows[name] for name in attributes if name in self.rows]
        total: Floats = self.weights[rows].sum(axis=0, dtype=np.float32)
        return total

    def at(self, attributes: list[list[str]]) -> Floats:
        """Return the weights of the *attributes* of each word's place."""
        rows, unknown = self.rows, len(self.rows)
        ids = np.array([rows.get(name, unknown) for names in attributes for name in names])
        shaped = ids.reshape(len(attributes), -1)
        total: Floats = self.weights[shaped].sum(axis=1, dtype=np.float32)
        return total


def load(data: bytes) -> Model:
    """Return the model that the bytes of an npz file hold."""
    with np.load(BytesIO(data)) as arrays:
        names = arrays["attributes"].tobytes().decode("utf-8").split("\n")
        weights = arrays["weights"].astype(np.float32)
        labels = tuple(arrays["labels"].tobytes().decode("utf-8").split("\n"))
        steps = arrays["steps"].astype(np.float32)
    zeros = np.zeros((1, len(labels)), np.float32)
    rows = {name: row for row, name in enumerate(names)}
    return Model(rows, np.vstack([weights, zeros]), steps, labels, {})


@cache
def model() -> Model:
    """Return the model of the package."""
    return load((files("alescrawl") / "data" / "tagger.npz").read_bytes())


def tag(
    words: Words,
    marks: Iterable[Mark],
    asked: Container[int] | None = None,
    use: Model | None = None,
) -> list[Span]:
    """Return the names in *words*, in order; *marks* are what lists and rules have there.

    With *asked*, indexes of words, only these words and those near them in their sentence are
    tagged: what stands further away says next to nothing about them.
    """
    sentences = pairwise([*words.sentences, len(words)])
    pieces = list(sentences if asked is None else _around(sentences, asked))
    if not pieces:
        return []
    use = use or model()
    rows = [i for start, end in pieces for i in range(start, end)]
    lengths = [end - start for start, end in pieces]
    emissions = _emissions(words, rows, lengths, marks, use)
    starts = list(_stretches(lengths))
    found = _spans(_marginals(emissions, starts, use.steps), starts, use.labels)
    return [s._replace(first=rows[s.first], last=rows[s.last - 1] + 1) for s in found]


def _around(
    sentences: Iterable[tuple[int, int]], asked: Container[int]
) -> Iterator[tuple[int, int]]:
    """Yield the pieces of *sentences*, first word and word after, that lie near an *asked* word."""
    for start, end in sentences:
        first = last = start
        for i in range(start, end):
            if i not in asked:
                continue
            if i - REACH > last:
                if last > first:
                    yield first, last
                first = max(start, i - REACH)
            last = min(end, i + REACH + 1)
        if last > first:
            yield first, last


def _stretches(lengths: list[int]) -> Iterator[int]:
    """Yield where each stretch begins, the sentences of these *lengths* lying end to end."""
    start = 0
    for length in lengths:
        yield from range(start, start + length, LONGEST)
        start += length


def _emissions(
    words: Words, rows: list[int], lengths: list[int], marks: Iterable[Mark], use: Model
) -> Floats:
    """Return what the words *rows* and their places say for each label, before any step."""
    size = len(rows)
    surfaces = [words.word(i) for i in rows]
    distinct = {word: index for index, word in enumerate(dict.fromkeys(surfaces))}
    table = np.stack([use.word_weights(word) for word in distinct])
    index = np.array([distinct[word] for word in surfaces])
    sentence = np.repeat(np.arange(len(lengths)), lengths)
    emissions = use.at(position_attributes(words, rows, marks))
    for row, offset in enumerate(OFFSETS):
        first, last = max(0, -offset), min(size, size - offset)
        if first < last:
            here, there = slice(first, last), slice(first + offset, last + offset)
            same = sentence[here] == sentence[there]
            emissions[here] += table[index[there], row] * same[:, None]
    return emissions


def _marginals(emissions: Floats, starts: list[int], steps: Floats) -> Doubles:
    """Return the probability of each label at each word, the stretches being independent."""
    ends = np.array([*starts[1:], len(emissions)])
    begins = np.array(starts)
    order = np.argsort(begins - ends, kind="stable")
    result = np.empty(emissions.shape)
    factors = np.exp(emissions - emissions.max(axis=1, keepdims=True), dtype=np.float64)
    step = np.exp(steps, dtype=np.float64)
    for at in range(0, len(order), _BLOCK):
        block = order[at : at + _BLOCK]
        _block_marginals(factors, begins[block], (ends - begins)[block], step, result)
    marginals: Doubles = result / result.sum(axis=1, keepdims=True)
    return marginals


def _block_marginals(
    factors: Doubles, begins: NDArray[Any], lengths: NDArray[Any], step: Doubles, result: Doubles
) -> None:
    """Write what is in proportion to the marginals of stretches, the longest first, into *result*.

    Forward, then backward; brought back to size now and then, before numbers grow too small.
    """
    longest = int(lengths[0])
    active = np.searchsorted(-lengths, -np.arange(longest), side="left").tolist()
    result[begins] = forward = factors[begins]
    for t in range(1, longest):
        rows = begins[: active[t]] + t
        forward = (forward[: active[t]] @ step) * factors[rows]
        if t % _RESIZED == 0:
            forward /= forward.sum(axis=1, keepdims=True)
        result[rows] = forward
    backward, back = np.ones_like(factors[begins]), step.T
    for t in range(longest - 2, -1, -1):
        count = active[t + 1]
        rows = begins[:count] + t
        current = (backward[:count] * factors[rows + 1]) @ back
        if t % _RESIZED == 0:
            current /= current.sum(axis=1, keepdims=True)
        backward[:count] = current
        result[rows] *= current


def _spans(marginals: Doubles, starts: list[int], labels: tuple[str, ...]) -> Iterator[Span]:
    """Yield the spans of the likeliest label at each word."""
    best = marginals.argmax(axis=1)
    sure = marginals.max(axis=1)
    begins = set(starts)
    open_: list[Any] = []
    for i in np.flatnonzero(best != labels.index("O")).tolist():
        mark, type_ = labels[best[i]].split("-")
        goes_on = open_ and open_[1] == i and open_[2] == type_ and i not in begins
        if goes_on and mark in "IE":
            open_[1], open_[3] = i + 1, min(open_[3], float(sure[i]))
            continue
        if open_:
            yield Span(*open_)
        open_ = [i, i + 1, type_, float(sure[i])]
    if open_:
        yield Span(*open_)
