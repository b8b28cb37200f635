"""Which words of a text speak of the economy, and of which part of it."""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.entities.gazetteer.word_lists import table
from alescrawl.entities.gazetteer.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

_POINTS: Final = {"strong": 2.0, "weak": 1.0}
NO_TOPIC: Final = ("business", "other")
_ENDINGS: Final = ("", "s", "x")
_SHORTEST_STEM: Final = 4


class Term(NamedTuple):
    """A word or phrase of the lists."""

    written: str
    topic: str
    points: float
    rest: tuple[str, ...] = ()
    """The words after the first."""
    is_open: bool = False
    """Whether its last word is only the beginning of one."""


class _Terms(NamedTuple):
    whole: dict[str, list[Term]]
    begun: dict[str, list[Term]]


@cache
def _terms() -> _Terms:
    """Return the terms by their first word, whole or only its beginning."""
    found = _Terms({}, {})
    lists = table("economic_words")
    topics = dict(lists["topics"]) | {name: lists[name] for name in NO_TOPIC}
    for topic, by_strength in topics.items():
        for strength, words in by_strength.items():
            for entry in words.split():
                _add(found, entry, topic, _POINTS[strength])
    return found


def _add(terms: _Terms, entry: str, topic: str, points: float) -> None:
    written = entry.rstrip("*").replace("_", " ")
    first, *rest = Words(written).folded
    term = Term(written, topic, points, tuple(rest), entry.endswith("*"))
    begun = term.is_open and not rest
    (terms.begun if begun else terms.whole).setdefault(first, []).append(term)


@lru_cache(maxsize=1 << 15)
def _at(word: str) -> tuple[Term, ...]:
    """Return the terms that a text may have where it has *word*, phrases first."""
    terms = _terms()
    found: list[Term] = []
    for ending in _ENDINGS:
        if word.endswith(ending):
            found += terms.whole.get(word.removesuffix(ending) if ending else word, ())
    for length in range(len(word), _SHORTEST_STEM - 1, -1):
        found += terms.begun.get(word[:length], ())
    return tuple(sorted(found, key=lambda term: -len(term.rest)))


def spoken_of(words: Words) -> Counter[Term]:
    """Return the terms of the lists that *words* have, and how often."""
    return Counter(term for term, _first, _last in _in_order(words.folded))


def first_of(topic: str, folded: list[str]) -> tuple[int, int] | None:
    """Return the first of the *folded* words that speak of *topic*, and the one after them."""
    found = (places for term, *places in _in_order(folded) if term.topic == topic)
    first = next(found, None)
    return (first[0], first[1]) if first else None


def _in_order(folded: list[str]) -> Iterator[tuple[Term, int, int]]:
    """Yield each term, its first word and the one after it."""
    position = 0
    while position < len(folded):
        step = 1
        for term in _at(folded[position]):
            last = position + 1 + len(term.rest)
            if not term.rest or _follows(term, folded[position + 1 : last]):
                yield term, position, last
                step = last - position
                break
        position += step


def _follows(term: Term, words: list[str]) -> bool:
    """Whether *words* are what follows the first word of *term*, in the plural or not."""
    if len(term.rest) != len(words):
        return False
    if term.is_open:
        return words[:-1] == list(term.rest[:-1]) and words[-1].startswith(term.rest[-1])
    return all(
        word in {part, f"{part}s", f"{part}x"} for part, word in zip(term.rest, words, strict=True)
    )
