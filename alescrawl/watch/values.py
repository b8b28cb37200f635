"""What a cell of a watch list may hold, in its one form."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.communes import commune_names, epci_names, gard_communes
from alescrawl.entities.gazetteer.own_names import is_siren
from alescrawl.entities.gazetteer.word_lists import table
from alescrawl.entities.gazetteer.words import key
from alescrawl.report.page import words as report_words
from alescrawl.watch.expression import ExpressionError, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_INSEE: Final = re.compile(r"\d[\dAB]\d{3}")
_NUMBER: Final = re.compile(r"(\d+(?:[ .]\d{3})*)(?:[,.](\d+))?")
_BLANKS: Final = re.compile(r"[\s\xa0\u202f]+")
_MILLION, _THOUSAND = 1e6, 1e3
_SCALES: Final = {"": 1.0, "k": _THOUSAND, "m": _MILLION, "million": _MILLION, "millions": _MILLION}


class CellError(ValueError):
    """A cell cannot be used; the message says why."""


class Value(NamedTuple):
    """A cell in its one form, and what a reader calls it."""

    value: str
    label: str


def perhaps(written: str, known: Iterable[str]) -> str:
    """Return « , perhaps X » where one of the *known* is nearly what is *written*."""
    by_key = {key(name): name for name in known}
    found = get_close_matches(key(written), by_key, n=1, cutoff=0.7)
    return f", perhaps {by_key[found[0]]}" if found else ""


def check(kind: str, written: str) -> Value:
    """Return the value of an entry of a *kind*; raise :exc:`CellError`."""
    if not re.search(r"\w", written):
        raise CellError("has no value")
    return _CHECKS[kind](written)


def _name(written: str) -> Value:
    if not re.search(r"[^\W\d_]", written):
        raise CellError(f"{written!r} is no name: it has no letter; a SIREN is of the kind siren")
    return Value(written, written)


def _words(written: str) -> Value:
    try:
        parse(written)
    except ExpressionError as error:
        raise CellError(str(error)) from error
    return Value(written, written)


def _siren(written: str) -> Value:
    digits = _BLANKS.sub("", written)
    if not is_siren(digits):
        raise CellError(f"{written!r} is no SIREN: nine digits, the last a check digit")
    known = [e.name for e in lists.institutions_by_id().values() if e.siren == digits]
    return Value(digits, known[0] if known else f"SIREN {digits}")


@cache
def _communes() -> dict[str, list[tuple[str, str]]]:
    """Return code and name of the communes of France by their plain name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for words, insee, name, _population in lists.rows("communes.tsv.gz"):
        found.setdefault(words, []).append((insee, name))
    return found


def _commune(written: str) -> Value:
    if _INSEE.fullmatch(written):
        if (name := commune_names().get(written)) is None:
            raise CellError(f"{written} is the INSEE code of no commune (of today)")
        return Value(written, name)
    found = _communes().get(key(written), [])
    of_the_gard = [each for each in found if each[0].startswith(lists.GARD)]
    if len(chosen := of_the_gard or found) == 1:
        return Value(*chosen[0])
    if chosen:
        codes = ", ".join(insee for insee, _ in chosen)
        raise CellError(f"several communes are called {written}: write one of {codes}")
    meant = perhaps(written, [commune.name for commune in gard_communes()])
    raise CellError(f"there is no commune {written}{meant}")


@cache
def epci_communes() -> dict[str, frozenset[str]]:
    """Return the communes of the Gard of each EPCI, by its SIREN."""
    found: dict[str, set[str]] = {}
    for commune in gard_communes():
        found.setdefault(commune.epci_siren, set()).add(commune.insee)
    return {siren: frozenset(codes) for siren, codes in found.items()}


def _epci(written: str) -> Value:
    names = epci_names()
    digits = _BLANKS.sub("", written)
    if digits in names:
        return Value(digits, names[digits])
    named = {n.entity.siren for n in lists.institutions().get(written) if n.entity.siren in names}
    if len(named) == 1:
        siren = named.pop()
        return Value(siren, names[siren])
    raise CellError(
        f"there is no EPCI {written} in the Gard{perhaps(written, names.values())}; "
        "a SIREN can be written too"
    )


@cache
def topic_names() -> dict[str, str]:
    """Return the topics by all that they may be called, in plain form."""
    topics = table("economic_words")["topics"]
    labels = report_words()
    written = {topic: topic for topic in topics}
    for language in labels.values():
        written |= {language[f"topic_{topic}"]: topic for topic in topics}
    return {key(name): topic for name, topic in written.items()}


def topic(written: str) -> Value:
    """Return the topic that is *written* in French or English; raise :exc:`CellError`."""
    found = topic_names().get(key(written))
    labels = report_words()["fr"]
    if found is None:
        names = [labels[f"topic_{each}"] for each in dict.fromkeys(topic_names().values())]
        raise CellError(
            f"there is no topic {written}{perhaps(written, names)}; there are: {', '.join(names)}"
        )
    return Value(found, labels[f"topic_{found}"])


def number(written: str) -> float:
    """Return a number such as 500000, 500 000 or 1,5 M; raise :exc:`CellError`."""
    plain = _BLANKS.sub(" ", written).strip().removesuffix("€").strip()
    found = re.fullmatch(rf"{_NUMBER.pattern}\s*([a-z]*)", plain, re.IGNORECASE)
    if found is None or (scale := _SCALES.get(found[3].lower())) is None:
        raise CellError(f"{written!r} is no number such as 500000 or 1,5 M")
    whole = re.sub(r"[ .]", "", found[1])
    return float(f"{whole}.{found[2] or 0}") * scale


_CHECKS: Final[dict[str, Callable[[str], Value]]] = {
    "name": _name,
    "siren": _siren,
    "commune": _commune,
    "epci": _epci,
    "topic": topic,
    "words": _words,
}
KINDS: Final = tuple(_CHECKS)
