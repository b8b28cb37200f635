"""A spaCy pipeline in place of the package's tagger, for who has one installed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from alescrawl.entities.gazetteer.candidates import Span

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from alescrawl.entities.gazetteer.matches import Mark
    from alescrawl.entities.gazetteer.words import Words

_TYPES: Final = {
    "PER": "PER",
    "PERSON": "PER",
    "ORG": "ORG",
    **dict.fromkeys(("LOC", "GPE", "FAC"), "LOC"),
}
_SCORE: Final = 0.9
"""spaCy tells no probability."""
_MOST_CHARACTERS: Final = 100_000
_HOW: Final = (
    "the spaCy pipeline {name!r} cannot be loaded ({error}): `pip install spacy` and "
    "`python -m spacy download {name}`, or leave the setting ALESCRAWL_TAGGER empty"
)


class SpacyTaggerError(ValueError):
    """spaCy or the pipeline is not installed; the message says what to do."""


class SpacyTagger:
    """Tags with the spaCy pipeline *name* (``fr_core_news_lg``)."""

    def __init__(self, name: str) -> None:
        """Load the pipeline; raise :exc:`SpacyTaggerError` where it is not there."""
        try:
            self._pipeline: Any = import_module("spacy").load(name)
        except (ImportError, OSError) as error:
            first = str(error).split("\n", 1)[0]
            raise SpacyTaggerError(_HOW.format(name=name, error=first)) from error

    def __call__(self, words: Words, marks: Iterable[Mark], asked: Container[int]) -> list[Span]:
        """Return the persons, organisations and places of *words*, whatever is *asked*."""
        del marks, asked
        return list(self._spans(words))

    def _spans(self, words: Words) -> Iterator[Span]:
        for at in range(0, len(words.text), _MOST_CHARACTERS):
            piece = words.text[at : at + _MOST_CHARACTERS]
            for entity in self._pipeline(piece).ents:
                first = bisect_left(words.starts, at + entity.start_char)
                last = bisect_right(words.ends, at + entity.end_char)
                if entity.label_ in _TYPES and first < last:
                    yield Span(first, last, _TYPES[entity.label_], _SCORE)
