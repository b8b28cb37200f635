"""What changed from one text to another, word by word."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTEXT = 8
"""Words that are shown before and after a change."""

ELLIPSIS = "…"


class Stretch(NamedTuple):
    """Words in a row that both texts have, or only the old or the new one."""

    kind: Literal["same", "removed", "added"]
    words: str


def word_diff(old: str | None, new: str | None) -> list[Stretch]:
    """Return what makes *new* of *old*: without the added, or the removed, it is one of them.

    Blanks and line ends do not count.
    """
    before, after = (old or "").split(), (new or "").split()
    stretches = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            stretches.append(Stretch("same", " ".join(before[start:end])))
            continue
        if start < end:
            stretches.append(Stretch("removed", " ".join(before[start:end])))
        if new_start < new_end:
            stretches.append(Stretch("added", " ".join(after[new_start:new_end])))
    return stretches


def around_changes(stretches: list[Stretch], context: int = CONTEXT) -> Iterator[Stretch]:
    """Yield *stretches* with what stayed cut to *context* words on either side of a change."""
    last = len(stretches) - 1
    for place, stretch in enumerate(stretches):
        words = stretch.words.split()
        head, tail = (context if place > 0 else 0), (context if place < last else 0)
        if stretch.kind == "same" and len(words) > head + tail:
            kept = [*words[:head], ELLIPSIS, *words[len(words) - tail :]]
            yield Stretch("same", " ".join(kept))
        else:
            yield stretch
