"""Which entries of a watch list an article fulfils, and the sentences that say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from alescrawl.relevance.topics import first_of
from alescrawl.text.tokens import sentence_around
from alescrawl.watch.expression import Expression, Span, parse
from alescrawl.watch.names import WatchedNames
from alescrawl.watch.values import epci_communes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from alescrawl.watch.document import Document
    from alescrawl.watch.entries import Entry

_DIGITS: Final = re.compile(r"(?<![\d.,])\d{3}[ \xa0\u202f.]?\d{3}[ \xa0\u202f.]?\d{3}(?!\d)")
_LONGEST: Final = 400
"""Characters of a sentence that are shown."""


class Sentence(NamedTuple):
    """A sentence of an article, or its title, and the parts of it that are meant."""

    text: str
    marks: tuple[tuple[int, int], ...]

    @property
    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The text in pieces, each marked or not."""
        end = 0
        for start, stop in self.marks:
            yield self.text[end:start], False
            yield self.text[start:stop], True
            end = stop
        yield self.text[end:], False


@dataclass(frozen=True)
class Reason:
    """An *entry* that an article fulfils, and the sentences with what it asks for."""

    entry: Entry
    sentences: tuple[Sentence, ...]


class Matcher:
    """Finds the reasons for which articles are of interest to one with these *entries*."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        names = [e.value for e in entries if e.kind == "name"]
        conditions = [name for e in entries for name in (*e.together, *e.without)]
        self._names = WatchedNames([*names, *conditions])
        self._words = {e.value: parse(e.value) for e in entries if e.kind == "words"}

    @property
    def sirens(self) -> frozenset[str]:
        """The SIRENs that are watched."""
        return frozenset(entry.value for entry in self._entries if entry.kind == "siren")

    def reasons(self, document: Document) -> list[Reason]:
        """Return why *document* is of interest, in the order of the list."""
        return self._reasons(document, self._entries)

    def of_sirens(self, document: Document) -> list[Reason]:
        """Return which SIRENs make *document* of interest."""
        return self._reasons(document, [e for e in self._entries if e.kind == "siren"])

    def _reasons(self, document: Document, entries: Sequence[Entry]) -> list[Reason]:
        names = self._names.find(document)
        found = []
        for entry in entries:
            spans = self._spans(entry, document, names)
            if spans is not None and (more := _fulfilled(entry, document, names)) is not None:
                found.append(Reason(entry, tuple(sentences_at([*spans, *more], document))))
        return found

    def _spans(self, entry: Entry, document: Document, names: dict[str, Span]) -> list[Span] | None:
        """Return where *document* has what *entry* is about, ``None`` where it has not."""
        if entry.kind == "name":
            return [names[entry.value]] if entry.value in names else None
        if entry.kind == "words":
            return _found(self._words[entry.value], document)
        if entry.kind == "topic":
            return _topic(entry.value, document)
        span = _FINDERS[entry.kind](entry.value, document)
        return None if span is None else [span]


def _found(expression: Expression, document: Document) -> list[Span] | None:
    return expression.find(document) or None


def _topic(topic: str, document: Document) -> list[Span] | None:
    if topic not in (document.row["topics"] or ()):
        return None
    for in_title, words in document.parts:
        if (found := first_of(topic, words.folded)) is not None:
            first, last = found
            return [Span(in_title, words.starts[first], words.ends[last - 1])]
    return []


def _siren(siren: str, document: Document) -> Span | None:
    for in_title, mention in document.named:
        if mention.get("siren") == siren:
            return Span(in_title, mention["start"], mention["end"])
    for in_title, text in ((True, document.title), (False, document.text)):
        for found in _DIGITS.finditer(text):
            if re.sub(r"\D", "", found[0]) == siren:
                return Span(in_title, found.start(), found.end())
    return None


def _commune(insee: str, document: Document) -> Span | None:
    return _place({insee}, document)


def _place(codes: set[str] | frozenset[str], document: Document) -> Span | None:
    for in_title, mention in document.named:
        if mention["kind"] == "place" and mention.get("insee") in codes:
            return Span(in_title, mention["start"], mention["end"])
    return None


def _epci(siren: str, document: Document) -> Span | None:
    """Find the EPCI itself, or one of its communes."""
    return _siren(siren, document) or _place(epci_communes()[siren], document)


_FINDERS: Final[dict[str, Callable[[str, Document], Span | None]]] = {
    "siren": _siren,
    "commune": _commune,
    "epci": _epci,
}


def _fulfilled(entry: Entry, document: Document, names: dict[str, Span]) -> list[Span] | None:
    """Return where *document* has what else *entry* asks for, ``None`` where it has not."""
    if entry.topics and not set(entry.topics) & set(document.row["topics"] or ()):
        return None
    if any(name in names for name in entry.without):
        return None
    if not all(name in names for name in entry.together):
        return None
    spans = [names[name] for name in entry.together]
    for kind, least in (("amount", entry.amount_above), ("jobs", entry.jobs_above)):
        if least is None:
            continue
        if (span := _number(kind, least, document)) is None:
            return None
        spans.append(span)
    return spans


def _number(kind: str, least: float, document: Document) -> Span | None:
    """Return where *document* has the highest number of a *kind* that is no less than *least*."""
    numbers: list[tuple[float, bool, dict[str, Any]]] = [
        (mention["number"], in_title, mention)
        for in_title, mention in document.named
        if mention["kind"] == kind and mention.get("number") is not None
    ]
    high = max((n for n in numbers if n[0] >= least), key=lambda n: n[0], default=None)
    return Span(high[1], high[2]["start"], high[2]["end"]) if high else None


def sentences_at(spans: Sequence[Span], document: Document) -> Iterator[Sentence]:
    """Yield the sentences in which *spans* stand, in their order, with the spans marked."""
    by_sentence: dict[tuple[bool, int, int], list[tuple[int, int]]] = {}
    for span in dict.fromkeys(spans):
        start, end = (
            (0, len(document.title))
            if span.in_title
            else sentence_around(document.text, span.start, span.end)
        )
        marks = by_sentence.setdefault((span.in_title, start, end), [])
        marks.append((span.start - start, span.end - start))
    for (in_title, start, end), marks in by_sentence.items():
        text = document.title if in_title else document.text
        yield _cut(text[start:end], _apart(marks))


def _apart(marks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return *marks* in order, without those that reach into one before."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _cut(text: str, marks: Sequence[tuple[int, int]]) -> Sentence:
    """Return the part of a long sentence that has the first mark."""
    if len(text) <= _LONGEST:
        return Sentence(text, tuple(marks))
    first = max(0, marks[0][0] - _LONGEST // 2)
    start = text.find(" ", first) + 1 if first else 0
    end = min(len(text), max(start + _LONGEST, marks[0][1]))
    if end < len(text) and (blank := text.rfind(" ", marks[0][1], end)) > 0:
        end = blank
    head, tail = "… " * bool(start), " …" * (end < len(text))
    shift = len(head) - start
    kept = tuple((a + shift, b + shift) for a, b in marks if start <= a and b <= end)
    return Sentence(f"{head}{text[start:end]}{tail}", kept)
