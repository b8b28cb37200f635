"""Région Occitanie: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing


class LaRegion(NewsSpider):
    """No article was seen: its pages tell. Its feed answered 500 on 2026-09-27."""

    name = "laregion"
    publisher = "Région Occitanie"
    kind = "public_body"
    scope = "regional"
    hosts = ("www.laregion.fr",)
    routes = (Listing("https://www.laregion.fr/-actualites-", status="convention"),)
    verified = "2026-11-30"
