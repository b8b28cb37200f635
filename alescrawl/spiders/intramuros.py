"""IntraMuros: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing


class Intramuros(NewsSpider):
    """The news of many communes; those of Vergèze are listed."""

    name = "intramuros"
    publisher = "IntraMuros"
    kind = "public_body"
    scope = "national"
    hosts = ("intramuros.org",)
    routes = (Listing("https://intramuros.org/vergeze/actualites", status="convention"),)
    article_urls = (r"^https?://intramuros\.org/[a-z-]+/actualites/\d+$",)
    verified = "2026-11-23"
