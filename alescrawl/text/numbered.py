"""A text in its folded form with the numbers in it: what dates, sums and jobs are read from."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from alescrawl.items import Mention
from alescrawl.text.folding import fold
from alescrawl.text.numbers import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alescrawl.text.numbers import Number

_SENTENCE_END: Final = re.compile(r"[.!?…](?=\s)|\n")


class Folded:
    """A text, its folded form of the same length, and its numbers in order."""

    def __init__(self, text: str) -> None:
        """Fold *text*."""
        self.text = text
        self.folded = fold(text)

    @cached_property
    def numbers(self) -> list[Number]:
        """The numbers in it."""
        return list(numbers(self.folded))

    def mention(self, kind: str, start: int, end: int, score: float, **values: Any) -> Mention:  # noqa: ANN401 - any column
        """Return the mention from *start* to *end*."""
        surface = self.text[start:end]
        return Mention(
            kind=kind, surface=surface, start=start, end=end, method="rule", score=score, **values
        )

    def one_sentence(self, start: int, end: int) -> bool:
        """Whether no sentence ends between *start* and *end*."""
        return _SENTENCE_END.search(self.folded, start, end) is None

    def sentence_around(self, start: int, end: int, reach: int) -> tuple[int, int]:
        """Return the bounds of the sentence of *start* to *end*, at most *reach* away."""
        first = max(0, start - reach)
        for stop in _SENTENCE_END.finditer(self.folded, first, start):
            first = stop.end()
        last = min(len(self.folded), end + reach)
        following = _SENTENCE_END.search(self.folded, end, last)
        return first, following.start() if following else last


def one_of(words: Iterable[str]) -> str:
    """Return a pattern for any of *words*, the longest first; ``_`` stands for a blank."""
    return "|".join(re.escape(w.replace("_", " ")) for w in sorted(words, key=len, reverse=True))
