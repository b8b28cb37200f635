"""Takes the short last paragraphs of a text, which look like notes below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alescrawl.extraction.body.page_lines import is_page_line
from alescrawl.extraction.body.pointers import is_call, is_pointer
from alescrawl.extraction.page.markup import TAG_IDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alescrawl.extraction.body.blocks import Blocks

_MOST: Final = 2
_LONGEST: Final = 240
_FEWEST: Final = 3
"""Paragraphs of the text that must stand beside the last one."""
_SENTENCE_ENDS: Final = (".", "!", "?", "…", "»", "”")
_FEWEST_BLANKS: Final = 2


def with_last_lines(blocks: Blocks, chosen: Sequence[int]) -> list[int]:
    """Return *chosen* and the sentences that follow it, as paragraphs beside its own."""
    taken = list(chosen)
    for _ in range(_MOST):
        if not taken or not _goes_on(blocks, taken, taken[-1] + 1):
            break
        taken.append(taken[-1] + 1)
    return taken


def _goes_on(blocks: Blocks, taken: Sequence[int], index: int) -> bool:
    """Tell whether the block *index* is a paragraph beside those *taken*, and a sentence."""
    if index >= len(blocks.text):
        return False
    boxes, box, last = blocks.boxes, blocks.box[index], blocks.box[taken[-1]]
    if box == last or boxes.tag[box] != TAG_IDS["p"] or boxes.parent[box] != boxes.parent[last]:
        return False
    alike = [i for i in taken if boxes.parent[blocks.box[i]] == boxes.parent[box]]
    is_like = boxes.own[box] == boxes.own[last] and boxes.tag[last] == boxes.tag[box]
    return len(alike) >= _FEWEST and is_like and _is_sentence(blocks, index)


def _is_sentence(blocks: Blocks, index: int) -> bool:
    text = blocks.text[index]
    if len(text) > _LONGEST or blocks.link[index] or text.count(" ") < _FEWEST_BLANKS:
        return False
    if not text[0].isupper() and text[0] not in "«“":
        return False
    is_said = text.endswith(_SENTENCE_ENDS)
    return is_said and not (is_page_line(text) or is_call(text) or is_pointer(text, 0))
