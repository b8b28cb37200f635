"""The body of an article: which blocks of a page are its text, and of what kind each is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from alescrawl.extraction.blocks import Blocks, read_blocks
from alescrawl.extraction.markup import HEADINGS, TAG_IDS, categories
from alescrawl.items import Paragraph
from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from alescrawl.extraction.page import Page
    from alescrawl.items import Origin, ParagraphKind


@dataclass(slots=True)
class Body:
    """The text of an article, in reading order, and what was set apart from it."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    lead: str | None = None
    image_caption: str | None = None
    image_credit: str | None = None
    truncated: bool | None = None
    """True where the text was seen to stop at a paywall, None where nothing tells."""
    origin: Origin = "generic"


def read_body(
    page: Page, *, title: str | None, description: str | None, article_body: str | None
) -> Body:
    """Return the body of *page*; the tree is left as it is.

    *title*, *description* and *article_body* are what structured data say, where they do.
    """
    blocks = read_blocks(page.tree)
    chosen = choose(blocks, title, description, article_body)
    return Body([Paragraph(kind_of(blocks, i), normalise(blocks.text[i])) for i in chosen])


def kind_of(blocks: Blocks, index: int) -> ParagraphKind:
    """Return the kind of a block of text, from the tags around it."""
    box = blocks.box[index]
    if blocks.boxes.tag[box] in HEADINGS:
        return "subhead"
    within = blocks.boxes.within[box]
    if within & 1 << TAG_IDS["blockquote"]:
        return "quote"
    return "list_item" if within & 1 << TAG_IDS["li"] else "paragraph"


def choose(
    blocks: Blocks, title: str | None, description: str | None, article_body: str | None
) -> list[int]:
    """Return the numbers of the blocks that are the article's text."""
    del description, article_body
    first, last = densest_box(blocks)
    bad = sum(1 << i for i, name in enumerate(categories()) if name in _BAD)
    tags = _mask("nav", "footer", "aside", "figcaption", "figure")
    boxes = blocks.boxes
    return [
        i
        for i, box in enumerate(blocks.box)
        if first <= box <= last
        and not boxes.within[box] & tags
        and not (boxes.bits[box] ^ boxes.bits[first]) & bad
        and blocks.link[i] * 2 <= len(blocks.text[i])
        and blocks.text[i] != title
    ]


_BAD = frozenset(
    [
        "caption",
        "byline",
        "date",
        "share",
        "related",
        "comment",
        "nav",
        "ad",
        "newsletter",
        "paywall",
        "tags",
        "cookie",
    ]
)


def _mask(*tags: str) -> int:
    return sum(1 << TAG_IDS[tag] for tag in tags)


def densest_box(blocks: Blocks) -> tuple[int, int]:
    """Return the numbers of the box that directly holds most text and of the last one in it."""
    boxes = blocks.boxes
    score = [0.0] * len(boxes.tag)
    for box, size in enumerate(boxes.size):
        text = size - 2 * boxes.link[box]
        if text < LONG_ENOUGH:
            continue
        above = boxes.parent[box]
        score[box] += text / 2
        score[above] += text
        score[boxes.parent[above]] += text / 2
    best = max(range(len(score)), key=score.__getitem__)
    return best, boxes.last[best] if best else len(score)


LONG_ENOUGH = 60
