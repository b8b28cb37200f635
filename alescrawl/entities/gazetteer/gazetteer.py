"""The lists of known names, and the one pass that finds them in a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import COMMA, LINKS, Words, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_NAME: Final = 16
_MOST_LINKS: Final = 3  # « et de la »
_LONG_NAME: Final = 4
_SHORT_ACRONYM: Final = 3  # « Re » is no acronym; « Insee » is


@dataclass(frozen=True, slots=True)
class Entity:
    """A known institution or place: a row of the gazetteer."""

    id: str
    name: str
    kind: str
    """institution, place, or other for what is no entity: programmes, labels, events."""
    subtype: str
    valid_from: str = ""
    """First day, month or year of this name, ISO; empty when unknown."""
    valid_to: str = ""
    siren: str = ""
    insee: str = ""
    local: bool = False
    """Whether it is of the Gard."""
    population: int = 0
    departments: tuple[str, ...] = ()
    """Codes of those in which a department, region or area lies; 99 for abroad."""

    @property
    def department(self) -> str:
        """Code of the department of the commune it is or has its seat in; empty when unknown."""
        return self.insee[: 3 if self.insee.startswith("97") else 2]

    def valid(self, day: str) -> bool:
        """Whether it bore this name on *day* (ISO, may be a month, a year or empty)."""
        if not day:
            return True
        first, last = self.valid_from, self.valid_to
        return not (first and day < first[: len(day)]) and not (last and last < day[: len(last)])


class Name(NamedTuple):
    """One way to write an entity; *ambiguous* where the words may mean something else."""

    entity: Entity
    written: str
    ambiguous: bool
    doubtful: bool = False
    """Whether it is a body's usual name, and ambiguous: the words around it say what is meant."""


class Match(NamedTuple):
    """Names that fit the words from *first* to before *last* of a text."""

    first: int
    last: int
    names: tuple[Name, ...]


class Row(Protocol):
    """What a name can be made of when a text first has it."""

    def name_of(self) -> Name:
        """Return the name."""
        ...


class Gazetteer:
    """Names by what all their writings have in common."""

    def __init__(self, names: Iterable[Name] = ()) -> None:
        """Hold *names*."""
        self._names: dict[str, list[Name | Row]] = {}
        self._longest: dict[str, int] = {}
        for name in names:
            self.add(name)

    def add(self, name: Name) -> None:
        """Add *name*."""
        self.add_later(key(name.written), name)

    def add_later(self, words: str, row: Name | Row) -> None:
        """Add what is written *words* (see :func:`alescrawl.entities.gazetteer.words.key`)."""
        known = self._names.get(words)
        if known is not None:
            known.append(row)
            return
        self._names[words] = [row]
        first, _, rest = words.partition(" ")
        length = min(rest.count(" ") + 2, LONGEST_NAME) if rest else 1
        if length > self._longest.get(first, 0):
            self._longest[first] = length

    def get(self, name: str) -> list[Name]:
        """Return the entities that are written *name*, whatever case, accents and articles."""
        return self._get(key(name))

    def _get(self, words: str) -> list[Name]:
        found = self._names.get(words)
        if not found:
            return []
        names = [n if isinstance(n, Name) else n.name_of() for n in found]
        self._names[words] = list(names)
        return names

    def __contains__(self, folded: str) -> bool:
        return folded in self._longest

    def matches(self, words: Words) -> Iterator[Match]:
        """Yield the longest fitting names at each word of a text; they may overlap."""
        content = words.content
        for position, index in enumerate(content):
            longest = self._longest.get(words.folded[index])
            if longest is not None:
                yield from islice(self._at(words, content, position, longest), 1)

    def at(self, words: Words, index: int) -> Match | None:
        """Return the longest name that begins at the word *index*."""
        longest = self._longest.get(words.folded[index])
        if longest is None:
            return None
        after = range(index, min(index + longest * (_MOST_LINKS + 1), len(words)))
        content = [i for i in after if words.folded[i] not in LINKS]
        return next(self._at(words, content, 0, longest), None)

    def _at(self, words: Words, content: list[int], position: int, longest: int) -> Iterator[Match]:
        for length in range(_reach(words, content, position, longest), 0, -1):
            span = content[position : position + length]
            found = self._get(" ".join([words.folded[i] for i in span]))
            if not found:
                continue
            comma = COMMA in words.gaps[span[0] : span[-1]]
            names = [n for n in found if _fits(n, words, span) and (not comma or "," in n.written)]
            if names:
                yield Match(span[0], span[-1] + 1, tuple(names))


def _reach(words: Words, content: list[int], position: int, longest: int) -> int:
    """Return how many content words hold together from *position* on."""
    reach, gaps = 1, words.gaps
    while reach < longest and position + reach < len(content):
        between = gaps[content[position + reach - 1] : content[position + reach]]
        if len(between) > _MOST_LINKS + 1 or not all(between):
            break
        reach += 1
    return reach


@lru_cache(maxsize=1 << 14)
def _capitals(written: str) -> tuple[bool, ...]:
    """Return for each content word of a name whether it must have its capital."""
    words = Words(written)
    generic = words_of("institution_words", "generic", plain=True)
    content = words.content
    return tuple(
        words.shapes[i] != "l" and (len(content) == 1 or words.folded[i] not in generic)
        for i in content or range(len(words))
    )


def _fits(name: Name, words: Words, span: list[int]) -> bool:
    """Whether the case of the words at *span* allows them to be *name*.

    A word that has a capital in the name needs one in the text, but for common nouns in names of
    several words (« tribunal de commerce de Nîmes »); a name of such nouns alone needs one,
    unless it is long.
    """
    if name.written.islower():
        return True
    if len(span) == 1:
        return _single_fits(name, words.shapes[span[0]])
    needed = _capitals(name.written)
    if not any(needed):
        return any(words.shapes[i] != "l" for i in span) or len(span) >= _LONG_NAME
    return all(words.shapes[i] != "l" for i, need in zip(span, needed, strict=False) if need)


def _single_fits(name: Name, shape: str) -> bool:
    if shape == "l":
        return False
    is_acronym = name.written.isupper() and len(name.written) > 1
    return not (is_acronym and shape == "T") or len(name.written) > _SHORT_ACRONYM
