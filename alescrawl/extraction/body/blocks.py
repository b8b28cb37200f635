"""One walk that cuts a page's tree into blocks of text and notes where each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alescrawl.extraction.page.markup import (
    BLOCK,
    BREAK,
    INLINE,
    LINK,
    MEDIA,
    ROLES,
    SKIP,
    STRONG,
    TAG_IDS,
    class_bits,
    is_gloss,
    own_bits,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_BREAK_MARK: Final = "\0"
"""Stands for <br> while a block is collected; no tree can hold this character."""
LONG_LINE: Final = 80
"""A line of so many characters before a <br> is a paragraph of its own."""
MAX_BLOCKS: Final = 6_000
_HTML: Final = TAG_IDS["html"]
_WHOLE_PAGE: Final = frozenset((_HTML, TAG_IDS["body"]))
"""Their classes speak of the page, not of the text in them."""
_ROW: Final = TAG_IDS["tr"]
MAX_CELLS: Final = 30


class Boxes:
    """The block-level elements of a page, one list per property, in document order."""

    __slots__ = ("bits", "depth", "last", "own", "parent", "tag", "within")

    def __init__(self) -> None:
        self.parent = [0]
        self.tag = [_HTML]
        self.within = [1 << _HTML]
        """Tags of the box and all around it, as a mask over TAG_IDS."""
        self.own = [0]
        self.bits = [0]
        """Class categories of the box and all around it."""
        self.depth = [0]
        self.last = [0]
        """Number of the last box inside, so that inside means number <= x <= last."""

    def open(self, above: int, tag: int, own: int) -> int:
        """Add a box inside the box *above* and return its number."""
        box = len(self.tag)
        self.parent.append(above)
        self.tag.append(tag)
        self.within.append(self.within[above] | 1 << tag)
        self.own.append(own)
        self.bits.append(self.bits[above] | own)
        self.depth.append(self.depth[above] + 1)
        self.last.append(box)
        return box


class Blocks:
    """The blocks of text of a page in reading order, one list per property."""

    __slots__ = ("bits", "box", "boxes", "emphasis", "lines", "link", "marked", "media", "text")

    def __init__(self) -> None:
        self.boxes = Boxes()
        self.text: list[str] = []
        self.box: list[int] = []
        self.link: list[int] = []
        """Characters inside links."""
        self.emphasis: list[int] = []
        """Characters inside strong, b, em and i."""
        self.bits: list[int] = []
        """Class categories of the inline elements in the block."""
        self.lines: list[int] = []
        """0 where the block begins its box, else its place among the pieces of the box."""
        self.marked: list[int] = []
        """Whether the block holds a <time>."""
        self.media: list[int] = []
        """Whether a picture or player stands in the block or right before it."""

    def numbers(self) -> tuple[list[int], ...]:
        """Return every property but the text."""
        return (
            self.box,
            self.link,
            self.emphasis,
            self.bits,
            self.lines,
            self.marked,
            self.media,
        )


def read_blocks(root: _Element) -> Blocks:
    """Return the blocks of text under *root*; the tree is left as it is."""
    return _Walk().run(root)


class _Walk:
    """Goes down and up a tree without recursion and collects lines of text."""

    __slots__ = (
        "blocks",
        "box",
        "boxes",
        "emphasis",
        "inline",
        "link",
        "links",
        "mark",
        "media",
        "pieces",
        "stack",
        "strong",
    )

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.boxes = self.blocks.boxes
        self.box = 0
        self.pieces: list[str] = []
        self.link = self.emphasis = self.inline = self.links = self.strong = 0
        self.mark = self.media = False
        self.stack: list[tuple[Iterator[_Element], int, str | None]] = []

    def run(self, root: _Element) -> Blocks:
        """Walk *root*."""
        roles = ROLES
        stack = self.stack
        texts = self.blocks.text
        stack.append((iter(root), BLOCK, None))
        while stack and len(texts) < MAX_BLOCKS:
            for element in stack[-1][0]:
                role = roles.get(element.tag, INLINE)
                if role == INLINE and is_gloss(element):
                    role = SKIP
                if role > LINK:
                    self.pass_by(element, role)
                    continue
                self.enter(element, role)
                if len(element):
                    stack.append((iter(element), role, element.tail))
                    break
                self.leave(role, element.tail)
                if len(texts) >= MAX_BLOCKS:
                    break
            else:
                _, role, tail = stack.pop()
                self.leave(role, tail)
        self.flush()
        self.boxes.last[0] = len(self.boxes.tag) - 1
        return self.blocks

    def enter(self, element: _Element, role: int) -> None:
        if role == BLOCK:
            if self.pieces:
                self.flush()
            tag = TAG_IDS[element.tag]
            own = 0 if tag in _WHOLE_PAGE else own_bits(element)
            self.box = self.boxes.open(self.box, tag, own)
        elif role == LINK:
            self.links += 1
        else:
            self.open_inline(element, role)
        if text := element.text:
            self.add(text)

    def open_inline(self, element: _Element, role: int) -> None:
        if names := element.get("class"):
            self.inline |= class_bits(names)
        if role == STRONG:
            self.strong += 1
        elif element.tag == "time":
            self.mark = True

    def leave(self, role: int, tail: str | None) -> None:
        if role == BLOCK:
            if self.pieces:
                self.flush()
            self.box = self.close(self.box)
        elif role == LINK:
            self.links -= 1
        elif role == STRONG:
            self.strong -= 1
        if tail:
            self.add(tail)

    def pass_by(self, element: _Element, role: int) -> None:
        """Take what stands after an element whose inside is no text."""
        tail = element.tail
        if role == BREAK:
            self.pieces.append(_BREAK_MARK + (tail or ""))
            return
        if role == MEDIA:
            self.media = True
        if tail:
            self.add(tail)

    def add(self, text: str) -> None:
        self.pieces.append(text)
        if self.links or self.strong:
            size = len(text.strip())
            if self.links:
                self.link += size
            if self.strong:
                self.emphasis += size

    def close(self, box: int) -> int:
        """End a box; return the one around it."""
        boxes = self.boxes
        boxes.last[box] = len(boxes.tag) - 1
        if boxes.tag[box] == _ROW:
            self.join_cells(box)
        return boxes.parent[box]

    def join_cells(self, row: int) -> None:
        """Make one block of the short cells of a table's row."""
        blocks = self.blocks
        start = len(blocks.box)
        while start and blocks.box[start - 1] > row:
            start -= 1
        cells = blocks.text[start:]
        if not 1 < len(cells) <= MAX_CELLS or max(map(len, cells)) > LONG_LINE:
            return
        blocks.text[start:] = [" ".join(cells)]
        blocks.link[start] = sum(blocks.link[start:])
        blocks.emphasis[start] = sum(blocks.emphasis[start:])
        for column in blocks.numbers():
            del column[start + 1 :]

    def flush(self) -> None:
        """End the block that is being collected."""
        pieces = self.pieces
        if not pieces:
            return
        text = "".join(pieces)
        pieces.clear()
        if _BREAK_MARK in text:
            self.store_lines(text)
        elif text := " ".join(text.split()):
            self.store(text, self.link, self.emphasis, 0)
        self.link = self.emphasis = self.inline = 0
        self.mark = False

    def store_lines(self, text: str) -> None:
        parts = split_lines(text)
        total = sum(map(len, parts)) or 1
        for place, part in enumerate(parts):
            share = len(part) / total
            self.store(part, int(self.link * share), int(self.emphasis * share), place)

    def store(self, text: str, link: int, emphasis: int, place: int) -> None:
        blocks = self.blocks
        blocks.text.append(text)
        blocks.box.append(self.box)
        blocks.link.append(link)
        blocks.emphasis.append(emphasis)
        blocks.bits.append(self.inline)
        blocks.lines.append(place)
        blocks.marked.append(self.mark)
        blocks.media.append(self.media)
        self.media = False


def split_lines(text: str) -> list[str]:
    """Return the paragraphs of a text with break marks: an empty line or a long one ends one."""
    paragraphs: list[str] = []
    current: list[str] = []
    last = 0
    for line in text.split(_BREAK_MARK):
        words = " ".join(line.split())
        if current and (not words or last >= LONG_LINE):
            paragraphs.append(" ".join(current))
            current = []
        if words:
            current.append(words)
            last = len(words)
    if current:
        paragraphs.append(" ".join(current))
    return paragraphs
