"""All that a home page says of its site, as plain values: for a process that reads for another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from alescrawl.crawling.routes.autodiscovery import (
    HomePage,
    candidate_routes,
    section_links,
    site_name,
)
from alescrawl.crawling.routes.listing import listed_in
from alescrawl.extraction.page.page import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alescrawl.crawling.routes.model import Route
    from alescrawl.dataset.ledger.hints import Listed


class HomeFacts(NamedTuple):
    """What the home page at *url* names: *routes*, *sections* by address, articles *shown*."""

    url: str
    name: str | None
    routes: list[Route]
    sections: list[str]
    shown: list[Listed]


def read_home(
    html: bytes, url: str, encoding: str | None, headers: Mapping[str, str], robots: str
) -> HomeFacts:
    """Return the facts of the home page *html*; raise :exc:`UnreadablePage` where it is none."""
    home = HomePage(Page.from_html(html, url, encoding).tree, url, headers)
    return HomeFacts(
        url,
        site_name(home),
        candidate_routes(home, robots),
        section_links(home),
        list(listed_in(home.tree, url)),
    )
