"""CCI Gard (chamber of commerce and industry): chamber."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing


class CciGard(NewsSpider):
    """No article was seen: its pages tell."""

    name = "cci_gard"
    publisher = "CCI Gard"
    kind = "chamber"
    scope = "gard"
    hosts = ("www.gard.cci.fr",)
    routes = (
        Feed("https://www.gard.cci.fr/rss.xml", status="convention"),
        Listing("https://www.gard.cci.fr/"),
    )
    verified = "2026-11-30"
