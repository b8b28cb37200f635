"""The sections that the menus of a home page lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from lxml.etree import XPath

from alescrawl.crawling.address_kinds import address_kind, is_like_headline
from alescrawl.crawling.pagination import place
from alescrawl.crawling.web_address import base_of, site_of, web_address

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from alescrawl.crawling.autodiscovery import HomePage

MOST_SECTIONS: Final = 20
_LONGEST_NAME: Final = 40
_MENU_WORDS: Final = ("menu", "nav", "rubrique", "section")
_ANCHORS = XPath("//a[@href]")
_IN_MENU = XPath(
    "boolean(ancestor::nav or ancestor::header or ancestor::*["
    + " or ".join(f"contains(@class, '{word}') or contains(@id, '{word}')" for word in _MENU_WORDS)
    + "])"
)


def section_links(home: HomePage) -> list[str]:
    """Return the addresses of the sections that the menus of *home* name, in its order."""
    base = base_of(home.tree, home.url)
    found: dict[str, None] = {}
    for anchor in cast("list[HtmlElement]", _ANCHORS(home.tree)):
        address = (web_address(base, anchor.get("href") or "") or "").partition("#")[0]
        if address and address not in found and _is_section(address, anchor, home.url):
            found[address] = None
    return list(found)[:MOST_SECTIONS]


def _is_section(address: str, anchor: HtmlElement, home: str) -> bool:
    name = "".join(map(str, anchor.itertext())).strip()
    return (
        site_of(address) == site_of(home)
        and address.rstrip("/") != home.rstrip("/")
        and address_kind(address) in {None, "listing"}
        and place(address).number == 0
        and 0 < len(name) <= _LONGEST_NAME
        and (address_kind(address) == "listing" or not is_like_headline(address))
        and bool(_IN_MENU(anchor))
    )
