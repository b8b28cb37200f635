"""Région Occitanie: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing


class LaRegion(NewsSpider):
    """No article was seen: its pages tell."""

    name = "laregion"
    publisher = "Région Occitanie"
    kind = "public_body"
    scope = "regional"
    hosts = ("www.laregion.fr",)
    routes = (
        Feed("https://www.laregion.fr/spip.php?page=backend", status="convention"),
        Listing("https://www.laregion.fr/-actualites-", status="convention"),
    )
    verified = "2026-11-23"
