"""Splits a newsletter of many items on one page into an article for each."""

from __future__ import annotations

import re
import unicodedata
from copy import deepcopy
from typing import TYPE_CHECKING, Final, cast

from lxml.etree import XPath

from alescrawl.extraction.title.headings import heading_text
from alescrawl.items import Paragraph, Visit, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

    from alescrawl.items import Article

LEAST_ITEMS: Final = 2
_HEADINGS = XPath("//h2 | //h3 | //h4 | //h5")
_ANCHORS = XPath("@id | .//@id | .//a/@name | parent::*[h2 or h3 or h4][1]/@id")
_OTHERS = re.compile(r"[^a-z0-9]+")
_OF_THE_WHOLE: Final = ("lead", "kicker", "image_url", "image_caption", "image_credit")


def anchors_of(tree: HtmlElement) -> dict[str, str]:
    """Return the anchor of each heading of the page *tree* that has one, by its words."""
    found: dict[str, str] = {}
    for heading in cast("list[HtmlElement]", _HEADINGS(tree)):
        ids = cast("list[str]", _ANCHORS(heading))
        if ids:
            found.setdefault(heading_text(heading), str(ids[0]))
    return found


def items_of(newsletter: Article, anchors: Mapping[str, str]) -> list[Article]:
    """Return the items of *newsletter*; none where its text has no headings to tell them by.

    An item is a heading with what stands below it. It has the newsletter's date and whatever else
    is not its own; its address is the newsletter's with the anchor of its heading, or with the
    words of the heading where the page gives it none. What stands above the first heading is no
    item.
    """
    parts = [(head, own) for head, own in _parts(newsletter.paragraphs) if own]
    if len(parts) < LEAST_ITEMS:
        return []
    used: dict[str, int] = {}
    items = []
    for head, own in parts:
        anchor = anchors.get(head) or _slug(head)
        used[anchor] = used.get(anchor, 0) + 1
        if used[anchor] > 1:
            anchor = f"{anchor}-{used[anchor]}"
        items.append(_item(newsletter, head, own, anchor))
    return items


def _parts(paragraphs: list[Paragraph]) -> Iterator[tuple[str, list[Paragraph]]]:
    """Yield each heading with the paragraphs up to the next one."""
    head, own = None, list[Paragraph]()
    for paragraph in paragraphs:
        if paragraph.kind == "subhead":
            if head is not None:
                yield head, own
            head, own = paragraph.text, []
        else:
            own.append(paragraph)
    if head is not None:
        yield head, own


def _item(newsletter: Article, head: str, own: list[Paragraph], anchor: str) -> Article:
    item = deepcopy(newsletter)
    item.canonical_url = f"{newsletter.canonical_url}#{anchor}"
    item.article_id = fingerprint(item.canonical_url)
    item.title = head
    item.provenance["title"] = "generic"
    for name in _OF_THE_WHOLE:
        setattr(item, name, None)
        item.provenance.pop(name, None)
    item.set_paragraphs(own)
    if (visit := newsletter.visit) is not None:
        # The newsletter's own record says when to ask for the page again.
        item.visit = Visit(
            f"{visit.url}#{anchor}", visit.http_status, pages=visit.pages, is_item=True
        )
    return item


def _slug(head: str) -> str:
    plain = unicodedata.normalize("NFKD", head).encode("ascii", "ignore").decode().lower()
    return _OTHERS.sub("-", plain).strip("-")[:80] or "item"
