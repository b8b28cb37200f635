"""RIA (agri-food industry): economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed


class Ria(NewsSpider):
    """On the agri-food industry, all of France; no article was seen: its pages tell."""

    name = "ria"
    publisher = "RIA"
    kind = "economic_press"
    scope = "national"
    hosts = ("www.ria.fr",)
    routes = (Feed("https://www.ria.fr/rss", seen="2026-07-01"),)
    verified = "2026-11-30"
