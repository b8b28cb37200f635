"""L'Usine Nouvelle: economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed


class UsineNouvelle(NewsSpider):
    """An address that begins with communique- is that of an announcement."""

    name = "usinenouvelle"
    publisher = "L'Usine Nouvelle"
    kind = "economic_press"
    scope = "national"
    hosts = ("www.usinenouvelle.com",)
    routes = (Feed("https://www.usinenouvelle.com/rss/"),)
    article_urls = (r"^https?://(?:www\.)?usinenouvelle\.com/article/[a-z0-9-]+\.N\d+$",)
    boilerplate = (r"Quotidien des Usines",)
    verified = "2026-11-23"
