"""20 Minutes (Montpellier): press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed


class VingtMinutes(NewsSpider):
    """Its feeds of Montpellier and of Occitanie."""

    name = "vingt_minutes"
    publisher = "20 Minutes"
    kind = "press"
    scope = "national"
    hosts = ("www.20minutes.fr",)
    routes = (
        Feed(
            "https://www.20minutes.fr/feeds/rss-montpellier.xml",
            status="convention",
            listed="2025+",
        ),
        Feed(
            "https://www.20minutes.fr/feeds/rss-occitanie.xml",
            status="convention",
            listed="2025+",
        ),
    )
    # No article was seen: the form is a convention.
    article_urls = (r"^https?://(?:www\.)?20minutes\.fr/[a-z-]+/\d+-\d{8}-[a-z0-9-]+/?$",)
    verified = "2026-11-30"
