"""What is searched for in titles and texts: words, phrases, exclusions, alternatives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.entities.gazetteer.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alescrawl.watch.document import Document

SENTENCE: Final = "xsentencex"
"""Stands between two sentences in the index, so that no phrase reaches over the end of one."""
_PART: Final = re.compile(
    r"""(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"|]+))|(?P<bar>\|)|(?P<open>")"""
)
_OR: Final = frozenset(["OU", "OR"])
_QUOTES: Final = str.maketrans("«»“”„", '"""""')


class ExpressionError(ValueError):
    """The expression cannot be read; the message says why."""


class Term(NamedTuple):
    """Words in a row, in plain form; *is_open* where the last is only the beginning of one."""

    words: tuple[str, ...]
    is_open: bool = False

    def __str__(self) -> str:
        """Write it as SQLite's full-text search reads it."""
        return f'"{" ".join(self.words)}"' + " *" * self.is_open


class Span(NamedTuple):
    """Characters of a title (*in_title*) or of a text."""

    in_title: bool
    start: int
    end: int


@dataclass(frozen=True)
class _Both:
    """All *wanted* terms, and none of the *unwanted*."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]

    def find(self, document: Document) -> list[Span]:
        if any(next(_places(term, document), None) for term in self.unwanted):
            return []
        found = [list(_places(term, document)) for term in self.wanted]
        return [places[0] for places in found] if all(found) else []

    def __str__(self) -> str:
        wanted = " AND ".join(map(str, self.wanted))
        return f"({wanted})" + "".join(f" NOT {term}" for term in self.unwanted)


@dataclass(frozen=True)
class Expression:
    """One or more alternatives; see :func:`parse`."""

    alternatives: tuple[_Both, ...]

    def find(self, document: Document) -> list[Span]:
        """Return where *document* has the words of the first alternative that it fulfils."""
        return next(filter(None, (each.find(document) for each in self.alternatives)), [])

    @property
    def terms(self) -> list[Term]:
        """All that is wanted."""
        return [term for each in self.alternatives for term in each.wanted]

    def for_index(self) -> str:
        """Return it as SQLite's full-text search reads it."""
        return " OR ".join(f"({each})" for each in self.alternatives)


def parse(text: str, without: Iterable[str] = ()) -> Expression:
    """Return what *text* asks for; raise :exc:`ExpressionError`.

    ``usine alès`` is both words, ``"plan social"`` (or « plan social ») the phrase, ``licenci*``
    all words that begin so, ``-football`` what must not be there, ``OU`` (``OR``, ``|``) an
    alternative. Case, accents and the kind of quotes do not matter. No alternative may have the
    phrases *without*.
    """
    alternatives: list[_Both] = []
    wanted: list[Term] = []
    unwanted: list[Term] = []
    never = tuple(term for phrase in without for term in _term(phrase))
    for found in _PART.finditer(text.translate(_QUOTES)):
        if found["open"]:
            raise ExpressionError(f'a quotation mark in {text!r} is not closed: "plan social"')
        if found["bar"] or (found["word"] in _OR and not found["minus"]):
            alternatives.append(_both(wanted, [*unwanted, *never], text))
            wanted, unwanted = [], []
            continue
        written = found["phrase"] if found["phrase"] is not None else found["word"]
        (unwanted if found["minus"] else wanted).extend(_term(written))
    return Expression((*alternatives, _both(wanted, [*unwanted, *never], text)))


def _both(wanted: list[Term], unwanted: list[Term], text: str) -> _Both:
    if not wanted:
        reason = "only says what must not be there" if unwanted else "has no word"
        raise ExpressionError(f"{text!r} {reason}: name at least one that must")
    return _Both(tuple(wanted), tuple(unwanted))


def _term(written: str) -> Iterator[Term]:
    words = tuple(Words(written).folded)
    if words:
        yield Term(words, written.endswith("*"))


def _places(term: Term, document: Document) -> Iterator[Span]:
    for in_title, words in document.parts:
        for index in _begins(term, words, document.starts(in_title=in_title)):
            last = index + len(term.words) - 1
            if all(
                i not in document.openings(in_title=in_title) for i in range(index + 1, last + 1)
            ):
                yield Span(in_title, words.starts[index], words.ends[last])


def _begins(term: Term, words: Words, places: dict[str, list[int]]) -> Iterable[int]:
    first, *rest = term.words
    if not rest and term.is_open:
        found = (places[word] for word in places if word.startswith(first))
        return sorted(index for each in found for index in each)
    candidates = places.get(first, ())
    return [
        i for i in candidates if _follows(rest, words.folded[i + 1 :][: len(rest)], term.is_open)
    ]


def _follows(rest: Sequence[str], words: Sequence[str], is_open: bool) -> bool:
    if len(words) < len(rest):
        return False
    if is_open and rest:
        return list(words[:-1]) == list(rest[:-1]) and words[-1].startswith(rest[-1])
    return list(words) == list(rest)


def for_index(words: Words) -> str:
    """Return *words* as they stand in the index."""
    openings = set(words.sentences[1:])
    return " ".join(f"{SENTENCE} {w}" if i in openings else w for i, w in enumerate(words.folded))
