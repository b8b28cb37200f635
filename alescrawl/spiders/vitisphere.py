"""Vitisphere: economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed


class Vitisphere(NewsSpider):
    """On vines and wine, all of France."""

    name = "vitisphere"
    publisher = "Vitisphere"
    kind = "economic_press"
    scope = "national"
    hosts = ("www.vitisphere.com",)
    routes = (Feed("https://www.vitisphere.com/index.php?mode=rss", seen="2026-07"),)
    # The form was seen on 2026-10-08.
    article_urls = (r"^https?://(?:www\.)?vitisphere\.com/actualite-\d+-[a-z0-9-]+\.html?$",)
    boilerplate = (r"\[Crédit photo ?:[^\]]*\]",)
    verified = "2026-11-30"
