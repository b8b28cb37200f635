"""Emploi LR: economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing


class EmploiLR(NewsSpider):
    """On employment."""

    name = "emploilr"
    publisher = "Emploi LR"
    kind = "economic_press"
    scope = "regional"
    hosts = ("www.emploilr.com",)
    routes = (Listing("https://www.emploilr.com/actualites", status="convention"),)
    article_urls = (r"^https?://(?:www\.)?emploilr\.com/actualites/[a-z0-9-]+_\d+\.php$",)
    verified = "2026-11-30"
