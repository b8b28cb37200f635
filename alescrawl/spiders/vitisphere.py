"""Vitisphere: economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider


class Vitisphere(NewsSpider):
    """On vines and wine, all of France; no route is known."""

    name = "vitisphere"
    publisher = "Vitisphere"
    kind = "economic_press"
    scope = "national"
    hosts = ("www.vitisphere.com",)
    article_urls = (r"^https?://(?:www\.)?vitisphere\.com/actualite-\d+-[a-z0-9-]+\.html?$",)
    boilerplate = (r"\[Crédit photo ?:[^\]]*\]",)
    verified = "2026-11-23"
