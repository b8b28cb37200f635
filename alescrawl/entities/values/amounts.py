"""Sums of money in a text, in euros: 40 M€, 1,53 Md€, 7 à 8 millions d'euros, 12 MF."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.entities.gazetteer.word_lists import table
from alescrawl.text.numbered import Folded, one_of
from alescrawl.text.numbers import TO, Number, lower_bound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.items import Mention

_WORDS: Final = table("amount_words")
_SCALES: Final[dict[str, int]] = _WORDS["scales"]
_FRANC: Final[float] = 1 / _WORDS["francs_in_a_euro"]
_OLD, _MILLION = 100, 1_000_000
_YEARS = range(1900, 2100)

_EURO: Final = rf"{one_of(_WORDS['euro'].split())}|(?<=[0-9 ][mk])e|(?<=[0-9 ]md)e"
_CURRENCY: Final = re.compile(
    rf"""[ ]?(?:(?P<scale>{one_of(_SCALES)})(?=[ ]?(?:d[ ]?'|[€ef])))?[ ]?(?:d[ ]?'[ ]?|de[ ])?
    (?P<old>anciens[ ])?
    (?:(?P<euro>{_EURO})(?:(?<=€)(?P<cents>[0-9][0-9])(?![ ]?[0-9€%])|(?!\w))
    |(?P<franc>{one_of(_WORDS["franc"].split())})(?!\w)
        (?![ ](?:{one_of(_WORDS["other_francs"].split())})(?!\w)))
    (?![ ]symbolique)""",
    re.VERBOSE,
)
_BARE: Final = re.compile(
    r"(?! d[e'u](?! plus| moins))(?! [a-z]{4,}(?<! pour)(?<! dans)(?<! avec)(?<! entre))"
)
_MONEY: Final = re.compile(rf"(?<!\w)(?:{one_of(_WORDS['money']['before'].split())})")
_REACH = 80


class Sum(NamedTuple):
    """A sum of money: where it stands, how much of *unit* it is, and euros in one of that."""

    start: int
    end: int
    amount: float
    scale: int
    unit: str
    rate: float
    score: float


def find_amounts(text: str) -> list[Mention]:
    """Return the sums of money in *text*, in order.

    ``number`` is in euros, with francs at the fixed rate; ``unit`` is EUR or FRF, as the text
    has it. Each bound of a range is a mention. Other currencies, vague sums (« des millions ») and
    the « euro symbolique » are left out.
    """
    return amounts_in(Folded(text))


def amounts_in(folded: Folded) -> list[Mention]:
    """Return the sums of money in a folded text, as :func:`find_amounts` does."""
    sums = _with_understood(folded, dict(_sums(folded)))
    return [
        folded.mention(
            "amount",
            s.start,
            s.end,
            s.score,
            number=round(float(s.amount * s.rate), 2),
            unit=s.unit,
        )
        for s in sums
    ]


def _sums(folded: Folded) -> Iterator[tuple[Number, Sum]]:
    for number in folded.numbers:
        found = _CURRENCY.match(folded.folded, number.end)
        if found is not None and _is_currency(found, folded.text):
            yield number, _sum(number, found)


def _is_currency(found: re.Match[str], text: str) -> bool:
    """Whether a currency of one letter is a capital."""
    name = "franc" if found["franc"] else "euro"
    return len(found[name]) > 1 or not text[found.start(name)].islower()


def _sum(number: Number, found: re.Match[str]) -> Sum:
    scale = _SCALES.get(found["scale"] or "", 1)
    amount = number.value * scale + int(found["cents"] or 0) / 100
    scale *= number.scale
    if not found["franc"]:
        return Sum(number.start, found.end(), amount, scale, "EUR", 1, 0.95)
    rate = _FRANC / (_OLD if found["old"] else 1)
    return Sum(number.start, found.end(), amount, scale, "FRF", rate, 0.95)


def _with_understood(folded: Folded, sums: dict[Number, Sum]) -> list[Sum]:
    """Return *sums* with those whose unit another one, or a word before them, tells."""
    for number, following in reversed(list(pairwise(folded.numbers))):
        bound = sums.get(following)
        if bound is not None and number not in sums and _is_bound(folded, number, bound):
            sums[number] = _lower_bound(number, bound)
    previous: Sum | None = None
    for number in folded.numbers:
        if number not in sums and _is_bare_sum(folded, number, previous):
            unit, rate = (previous.unit, previous.rate) if previous else ("EUR", 1)
            span = number.start, number.end
            sums[number] = Sum(*span, number.value, number.scale, unit, rate, 0.75)
        previous = sums.get(number, previous)
    return sorted(sums.values())


def _is_bound(folded: Folded, number: Number, upper: Sum) -> bool:
    """Whether *number* and *upper* are « 7 à 8 millions d'euros » or « 3 et 5 M€ »."""
    gap = TO.fullmatch(folded.folded, number.end, upper.start)
    if gap is None:
        return False
    if gap[1] != "et" or folded.folded.endswith("entre ", 0, number.start):
        return True
    return number.value not in _YEARS


def _lower_bound(number: Number, upper: Sum) -> Sum:
    """Return *number* as a sum in the unit of *upper*, and at its scale where it has none."""
    amount = lower_bound(number, upper.amount, upper.scale)
    return Sum(number.start, number.end, amount, upper.scale, upper.unit, upper.rate, 0.9)


def _is_bare_sum(folded: Folded, number: Number, previous: Sum | None) -> bool:
    """Whether *number* is « 3 millions » of money: no noun follows, and sums are spoken of."""
    if number.scale < _MILLION or not _BARE.match(folded.folded, number.end):
        return False
    if previous is not None and number.start - previous.end < _REACH:
        return folded.one_sentence(previous.end, number.start)
    start = max(0, number.start - _REACH)
    return any(
        folded.one_sentence(m.end(), number.start)
        for m in _MONEY.finditer(folded.folded, start, number.start)
    )
