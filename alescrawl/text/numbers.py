"""Numbers as French texts print them: 1 650, 1.650, 1,53, vingt-et-un, une centaine, 7 millions."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS: Final[dict[str, dict[str, int]]] = tomllib.loads(
    (files("alescrawl") / "data" / "number_words.toml").read_text(encoding="utf-8")
)
_ADDED, _SCALES = _WORDS["added"], _WORDS["scales"]
_MULTIPLIED: Final = _WORDS["multiplied"] | _WORDS["plural"] | _SCALES
_FOURSCORE, _HUNDRED, _THOUSAND, _MILLION = 80, 100, 1_000, 1_000_000
_ARTICLES: Final = frozenset({"un", "une"})
_LINKS: Final = frozenset({"et", "de"})


def _one_of(words: set[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_COLLECTIVES: Final = {word for word in _MULTIPLIED if word.endswith(("aine", "millier"))}
_FOLLOWING: Final = _one_of((set(_ADDED) | set(_MULTIPLIED)) - _COLLECTIVES)
_FIRST: Final = (set(_ADDED) - _ARTICLES) | set(_WORDS["multiplied"])
_INITIALS: Final = "".join(sorted({word[0] for word in _FIRST | _ARTICLES}))
_NUMBER: Final = re.compile(
    rf"""(?=[0-9{_INITIALS}])(?<!\w)(?:  # the look first: most places fail there, at once
    (?P<digits>(?<![0-9][.,])(?P<whole>[0-9]{{1,3}}(?:[ .][0-9]{{3}}){{1,4}}(?![0-9])|[0-9]{{1,15}})
        (?:,(?P<part>[0-9]{{1,9}})|\.(?P<dot>[0-9]{{1,2}}(?![0-9.])))?(?![0-9]))
    |(?P<words>(?:(?:une?(?=[ ]milli(?:on|ard)))|{_one_of(_FIRST)})
        (?:[ -](?:{_FOLLOWING}|et[ -](?:une?|onze)|de[ ]milli(?:er|on|ard)s)(?!\w)){{0,9}})(?!\w)
    )(?P<scale>[ ](?:{_one_of(set(_SCALES))})(?!\w))?""",
    re.VERBOSE,
)


TO: Final = re.compile(
    r" ?(a|ou|et|-|/) ?(?:environ |plus de |pres de |quelque |peut-etre |voire )?"
)
"""What stands between two numbers with one noun: « 7 à 8 millions », « 3 et 5 M€ »."""


class Number(NamedTuple):
    """A number in a text."""

    start: int
    end: int
    value: float
    scale: int
    """What its last word multiplies by, as in « 7 millions »; else 1."""


def numbers(folded: str) -> Iterator[Number]:
    """Yield the numbers of a text that :func:`alescrawl.text.folding.fold` has folded.

    « une centaine » begins at « centaine »: an article is no part of a number, but « un » is
    before « million ». Digits that belong to a word (« A9 ») are none.
    """
    for found in _NUMBER.finditer(folded):
        scale = _SCALES[found["scale"][1:]] if found["scale"] else 1
        if found["digits"]:
            value = _of_digits(found) * scale
        else:
            value, scale = _of_words(found["words"]), _scale_of(found["words"])
        yield Number(*found.span(), value, scale)


def _of_digits(found: re.Match[str]) -> float:
    whole = found["whole"].replace(" ", "").replace(".", "")
    part = found["part"] or found["dot"]
    return float(f"{whole}.{part}") if part else int(whole)


def _of_words(words: str) -> int:
    """Return the number that *words*, folded, write."""
    total = group = 0
    for word in words.replace("demi-douzaine", "demi_douzaine").replace("-", " ").split():
        if word in _LINKS:
            continue
        if word in _ADDED:
            group = _added(group, _ADDED[word])
            continue
        factor = _MULTIPLIED[word.replace("_", "-")]
        if factor >= _MILLION:
            total, group = (total + group or 1) * factor, 0
        elif factor == _THOUSAND:
            total, group = total + (group or 1) * factor, 0
        else:
            group = (group or 1) * factor
    return total + group


def _added(group: int, number: int) -> int:
    """Return *group* with *number* after it: « quatre-vingt » is fourscore."""
    if number == _FOURSCORE // 4 and group % _HUNDRED == _FOURSCORE // number:
        return group - group % _HUNDRED + _FOURSCORE
    return group + number


def _scale_of(words: str) -> int:
    last = re.split("[ -]", words)[-1]
    return _MULTIPLIED.get(last, 1)


def lower_bound(number: Number, upper: float, scale: int) -> float:
    """Return *number* as the lower bound of a range up to *upper*, whose last word is *scale*.

    « 7 à 8 millions », « 300 à 400 000 »: it is so many millions, or thousands, unless that would
    be more than *upper*.
    """
    if scale == 1 and upper % _THOUSAND == 0:
        scale = _THOUSAND
    scaled = number.value * scale
    return scaled if number.scale == 1 and scaled < upper else number.value
