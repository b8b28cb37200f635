"""Invented sentences of the economic press, whose names the training knows."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from alescrawl.entities import lists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from alescrawl.entities.training_texts import Span

_SLOT: Final = re.compile(r"\{([A-Z])\}")
_TYPES: Final = {"C": "ORG", "B": "ORG", "P": "PER", "S": "PER", "L": "LOC"}
_STARTS: Final = [
    "b",
    "br",
    "c",
    "ch",
    "cl",
    "cr",
    "d",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "pr",
    "qu",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "z",
]
_VOWELS: Final = ["a", "e", "i", "o", "u", "ou", "ai", "an", "on", "in", "eau", "é", "y"]
_ENDS: Final = ["l", "n", "r", "s", "t", "x", "c", "m", "d", "-"]
_SUFFIXES: Final = [
    "Industries",
    "Technologies",
    "Group",
    "Environnement",
    "Services",
    "Santé",
    "Énergie",
    "Distribution",
]
_SENTENCES_A_TEXT: Final = 8


def invented_texts(random: Random, number: int) -> Iterator[tuple[str, list[Span]]]:
    """Yield *number* texts of invented sentences, each with the spans of its names."""
    raw = (files("alescrawl") / "data" / "training_sentences.txt").read_text(encoding="utf-8")
    patterns = [line for line in raw.splitlines() if line and not line.startswith("#")]
    slots = _slots(random)
    for _ in range(number):
        text, spans = "", []
        for pattern in random.sample(patterns, _SENTENCES_A_TEXT):
            line, found = _filled(pattern, slots)
            spans += [(len(text) + a, len(text) + b, kind) for a, b, kind in found]
            text += line + "\n"
        yield text, spans


def _filled(pattern: str, slots: dict[str, Callable[[], str]]) -> tuple[str, list[Span]]:
    pieces, spans, at, end = [], [], 0, 0
    for slot in _SLOT.finditer(pattern):
        before, value = pattern[end : slot.start()], slots[slot[1]]()
        at += len(before)
        if slot[1] in _TYPES:
            spans.append((at, at + len(value), _TYPES[slot[1]]))
        at += len(value)
        end = slot.end()
        pieces += [before, value]
    return "".join([*pieces, pattern[end:]]), spans


def _slots(random: Random) -> dict[str, Callable[[], str]]:
    given = [name.capitalize() for name, ambiguous in lists.given_names().items() if not ambiguous]
    towns = [cells[1] for cells in lists.rows("communes_gard.tsv")]
    bodies = [n.written for n in lists.institution_names() if n.entity.local and not n.ambiguous]
    bodies = [body for body in bodies if body[:1].isupper() and len(body) < 40]  # noqa: PLR2004

    def surname() -> str:
        word = _word(random)
        return word.upper() if random.random() < 0.2 else word  # noqa: PLR2004

    return {
        "C": lambda: _company(random),
        "P": lambda: f"{random.choice(given)} {surname()}",
        "S": surname,
        "L": lambda: random.choice(towns),
        "B": lambda: random.choice(bodies),
        "N": lambda: str(random.randint(2, 95)),
    }


def _word(random: Random) -> str:
    syllables = random.randint(2, 3)
    word = "".join(random.choice(_STARTS) + random.choice(_VOWELS) for _ in range(syllables))
    return (word + random.choice(_ENDS).strip("-")).capitalize()


def _company(random: Random) -> str:
    word = _word(random)
    forms = (
        word,
        word,
        word,
        word.upper(),
        "".join(random.choice("ABCDEFGLMNPRST") for _ in range(random.randint(2, 5))),
        f"{word} {_word(random)}",
        f"{word} {random.choice(_SUFFIXES)}",
        f"{word}-{_word(random)}",
        word + _word(random),
    )
    return random.choice(forms)
