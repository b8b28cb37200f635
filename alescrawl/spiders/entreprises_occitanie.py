"""Entreprises Occitanie: economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing, Sitemap


class EntreprisesOccitanie(NewsSpider):
    """Prints many press releases."""

    name = "entreprises_occitanie"
    publisher = "Entreprises Occitanie"
    kind = "economic_press"
    scope = "regional"
    hosts = ("www.entreprises-occitanie.com",)
    routes = (
        Sitemap("https://www.entreprises-occitanie.com/sitemap.xml", status="convention"),
        Listing("https://www.entreprises-occitanie.com/actualites", status="convention"),
    )
    article_urls = (r"^https?://(?:www\.)?entreprises-occitanie\.com/actualites/[a-z0-9-]+/?$",)
    verified = "2026-11-30"
