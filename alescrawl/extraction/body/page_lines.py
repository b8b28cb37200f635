"""Lines within a text that the page, not the article, says: its tools, its remarks, its readers."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from alescrawl.extraction.body.kinds import kind_of
from alescrawl.extraction.page.markup import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alescrawl.extraction.body.blocks import Blocks

_LONGEST: Final = 110
_LONGEST_REMARK: Final = 200
_LONGEST_END: Final = 40
_LONGEST_POINTER: Final = 180
_FEWEST_BLANKS: Final = 3
_MOST_POINTERS: Final = 3
_SHORTEST_PROSE: Final = 80
_NEARLY_ALL: Final = 0.95
_SHORTEST_TEXT: Final = 300
_MOST_OF_TEXT: Final = 0.5
_QUOTED: Final = re.compile('[«“"]')
_NUMBER: Final = re.compile(r"\d+")
_OPENING: Final = re.compile(r"^[^\w©]+")
_CRUMBS: Final = re.compile(r"\s*[>›»/|]\s*\w")
_COPYRIGHT: Final = re.compile(
    r"(?:©|\(c\)|copyright)\s?[\w ]{2,60}(?:[,.–-]|$)|.*\btous droits réservés"
)
_SENTENCE_ENDS: Final = (".", "!", "?", "…", ":", ";", "»", "”", '"', ",")


def without_page_lines(blocks: Blocks, chosen: Sequence[int]) -> list[int]:
    """Return *chosen* without what the page says in its own name, and what follows the article."""
    kept = _before_end(blocks, chosen)
    first = kept[0] if kept else -1
    kept = [i for i in kept if not is_page_line(blocks.text[i], at_top=i == first)]
    pointers = _pointers(blocks, kept)
    return _without_last_heading(blocks, [i for i in kept if i not in pointers])


def is_page_line(text: str, *, at_top: bool = False) -> bool:
    """Tell a tool, a remark, a notice of rights; *at_top* a path of sections.

    >>> is_page_line("Partager cet article"), is_page_line("Écoutez, cet article de loi est clair.")
    (True, False)
    """
    if len(text) > _LONGEST_REMARK or _QUOTED.search(text):
        return False
    plain = _OPENING.sub("", text.lower().replace("’", "'"))
    if plain.strip(" :.!") in _listed("alone"):
        return True
    if _remarks().match(plain) or _COPYRIGHT.match(plain):
        return True
    if len(text) > _LONGEST:
        return False
    if at_top and (home := _homes().match(plain)) and _CRUMBS.match(plain, home.end()):
        return True
    return bool(_tools().match(plain) or _others().search(plain))


def _before_end(blocks: Blocks, chosen: Sequence[int]) -> list[int]:
    """Return *chosen* up to the line that says that readers, or the author's life, follow.

    The line itself may be none of *chosen*. A link, as tools of the page are, ends nothing.
    """
    size = sum(len(blocks.text[i]) for i in chosen)
    taken, read = set(chosen), 0
    for index in range(chosen[0], chosen[-1] + 1) if chosen else ():
        text = blocks.text[index]
        if read >= _SHORTEST_TEXT and len(text) <= _LONGEST_END:
            is_late = read > _MOST_OF_TEXT * size
            if blocks.link[index] * 2 < len(text) and _is_end(blocks, index, is_late=is_late):
                return [i for i in chosen if i < index]
        read += len(text) if index in taken else 0
    return list(chosen)


def _is_end(blocks: Blocks, index: int, *, is_late: bool) -> bool:
    text = blocks.text[index].lower().replace("’", "'")
    plain = _NUMBER.sub("#", _OPENING.sub("", text).strip(" :"))
    if plain in _listed("invites"):
        return True
    if plain in _listed("ends"):
        return is_late or blocks.boxes.tag[blocks.box[index]] in HEADINGS
    return is_late and plain in _listed("late_ends")


def _pointers(blocks: Blocks, kept: Sequence[int]) -> set[int]:
    """Return the headlines of other articles between paragraphs: lines that are all link.

    Where there are many, they are what the article is about.
    """
    found = {i for place, i in enumerate(kept) if _only_links(blocks, kept, place)}
    return found if len(found) <= _MOST_POINTERS else set()


def _only_links(blocks: Blocks, kept: Sequence[int], place: int) -> bool:
    if not _is_link(blocks, kept[place]):
        return False
    if all(_is_link(blocks, i) for i in kept[place:]):
        return place > 0
    around = [*kept[max(place - 1, 0) : place], *kept[place + 1 : place + 2]]
    return 0 < len(around) == sum(_is_prose(blocks, i) for i in around)


def _is_link(blocks: Blocks, index: int) -> bool:
    """Tell a line that is all link, as a headline is: no name, no sentence, no item of a list."""
    text = blocks.text[index]
    if len(text) > _LONGEST_POINTER or text.count(" ") < _FEWEST_BLANKS:
        return False
    if text.endswith(_SENTENCE_ENDS) or text.isupper():
        return False
    tag = blocks.boxes.tag[blocks.box[index]]
    is_item = tag in HEADINGS or kind_of(blocks, index) == "list_item"
    return not is_item and blocks.link[index] >= _NEARLY_ALL * len(text)


def _is_prose(blocks: Blocks, index: int) -> bool:
    size = len(blocks.text[index])
    return size >= _SHORTEST_PROSE and blocks.link[index] * 2 < size


def _without_last_heading(blocks: Blocks, kept: list[int]) -> list[int]:
    """Return *kept* without a heading at its end: nothing of the article stands below it."""
    is_last = len(kept) > 1 and blocks.boxes.tag[blocks.box[kept[-1]]] in HEADINGS
    return kept[:-1] if is_last and blocks.boxes.tag[blocks.box[kept[-2]]] not in HEADINGS else kept


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_lines(name))


@cache
def _lines(name: str) -> tuple[str, ...]:
    path = files("alescrawl") / "data" / "page_lines.toml"
    listed: str = tomllib.loads(path.read_text(encoding="utf-8"))[name]
    lines = (line.strip() for line in listed.replace("\n", "").split("|"))
    return tuple(sorted(lines, key=len, reverse=True))


def _any(name: str) -> str:
    return "|".join(map(re.escape, _lines(name)))


@cache
def _remarks() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('remarks')})(?!\w)")


@cache
def _homes() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('homes')})(?!\w)")


@cache
def _others() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any('others')})(?!\w)")


@cache
def _tools() -> re.Pattern[str]:
    """Return what matches an act, at most four words, and the part of the page that it is about."""
    return re.compile(rf"(?:{_any('acts')})(?: \S+){{0,4}}? (?:{_any('parts')})(?!\w| \d)")
