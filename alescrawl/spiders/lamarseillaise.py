"""La Marseillaise: press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed


class LaMarseillaise(NewsSpider):
    """No article was seen: its pages tell."""

    name = "lamarseillaise"
    publisher = "La Marseillaise"
    kind = "press"
    scope = "regional"
    hosts = ("www.lamarseillaise.fr",)
    routes = (Feed("https://www.lamarseillaise.fr/rss.xml", status="convention", listed="undated"),)
    verified = "2026-11-30"
