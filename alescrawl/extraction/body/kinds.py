"""Of what kind each block of an article's text is: lead, paragraph, subhead, list item, quote."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from alescrawl.extraction.body.leads import LONGEST_LEAD, index_of_lead
from alescrawl.extraction.page.markup import HEADINGS, TAG_IDS, categories

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alescrawl.extraction.body.blocks import Blocks
    from alescrawl.items import ParagraphKind

LONGEST_SUBHEAD: Final = 90
"""Characters of a bold line that may be a subhead."""
SHORTEST_LEAD: Final = 40
REACH: Final = 12
"""Blocks before the text among which a lead that stands apart is looked for."""
_NEARLY_ALL: Final = 0.9
_SENTENCE_ENDS: Final = tuple('.!?…:;,»"”')


def kind_of(blocks: Blocks, index: int) -> ParagraphKind:
    """Return the kind of a block, from the tags around it; a lead is not told apart here."""
    box = blocks.box[index]
    tag, within = blocks.boxes.tag[box], blocks.boxes.within[box]
    if tag in HEADINGS or tag == TAG_IDS["dt"]:
        return "subhead"
    if within & 1 << TAG_IDS["blockquote"]:
        return "quote"
    if within & 1 << TAG_IDS["li"]:
        return "list_item"
    return "subhead" if _is_bold_line(blocks, index) else "paragraph"


def _is_bold_line(blocks: Blocks, index: int) -> bool:
    text = blocks.text[index]
    return (
        len(text) <= LONGEST_SUBHEAD
        and _is_bold(blocks, index)
        and not text.endswith(_SENTENCE_ENDS)
    )


def _is_bold(blocks: Blocks, index: int) -> bool:
    return blocks.emphasis[index] >= _NEARLY_ALL * len(blocks.text[index])


def lead_index(blocks: Blocks, chosen: Sequence[int], description: str | None) -> int | None:
    """Return which of the *chosen* blocks is a lead that the page sets apart, or None."""
    for index in chosen[:2]:
        if SHORTEST_LEAD <= len(blocks.text[index]) <= LONGEST_LEAD and _is_lead(
            blocks, index, chosen, description
        ):
            return index
    return None


def _is_lead(blocks: Blocks, index: int, chosen: Sequence[int], description: str | None) -> bool:
    if _named_lead(blocks, index):
        return True
    if index != chosen[0] or not _set_apart(blocks, index, chosen):
        return False
    return _is_bold(blocks, index) or _says(blocks.text[index], description)


def _says(text: str, description: str | None) -> bool:
    return bool(description) and index_of_lead(description or "", [text]) is not None


def with_lead(blocks: Blocks, chosen: Sequence[int], description: str | None) -> list[int]:
    """Return *chosen*, after a lead that stands between headline and text and was not taken."""
    if not chosen:
        return []
    first = chosen[0]
    for index in range(first - 1, max(first - REACH, -1), -1):
        if blocks.boxes.tag[blocks.box[index]] == min(HEADINGS):
            break
        if _may_be_lead(blocks, index) and (
            _says(blocks.text[index], description) or _named_lead(blocks, index)
        ):
            return [index, *chosen]
    return list(chosen)


def _may_be_lead(blocks: Blocks, index: int) -> bool:
    size = len(blocks.text[index])
    return SHORTEST_LEAD <= size <= LONGEST_LEAD and blocks.link[index] * 2 < size


def _named_lead(blocks: Blocks, index: int) -> bool:
    boxes, box = blocks.boxes, blocks.box[index]
    above = boxes.parent[box]
    named = boxes.own[box] | blocks.bits[index]
    if sum(boxes.parent[inner] == above for inner in blocks.box[index + 1 : index + 4]) == 0:
        named |= boxes.own[above]
    return bool(named & _lead_bit())


def _set_apart(blocks: Blocks, index: int, chosen: Sequence[int]) -> bool:
    """Return whether the next blocks of the text stand in another way than this one."""
    boxes, box = blocks.boxes, blocks.box[index]
    following = [blocks.box[i] for i in chosen[1:4]]
    alike = [
        other
        for other in following
        if boxes.parent[other] == boxes.parent[box]
        and boxes.tag[other] == boxes.tag[box]
        and boxes.own[other] == boxes.own[box]
    ]
    bold = [i for i in chosen[1:4] if _is_bold(blocks, i)]
    return not alike or (_is_bold(blocks, index) and not bold)


@cache
def _lead_bit() -> int:
    return 1 << categories().index("lead")
