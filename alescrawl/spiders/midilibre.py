"""Midi Libre: press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing


class Midilibre(NewsSpider):
    """Reserves text and data mining (TDMRep in its pages)."""

    name = "midilibre"
    publisher = "Midi Libre"
    kind = "press"
    scope = "regional"
    rights = "metadata"
    hosts = ("www.midilibre.fr",)
    routes = (
        Feed("https://www.midilibre.fr/gard/rss.xml", seen="2026-09-24"),
        Feed("https://www.midilibre.fr/gard/ales/rss.xml", status="convention", listed="2025+"),
        Feed("https://www.midilibre.fr/gard/nimes/rss.xml", status="convention", listed="2025+"),
        Feed(
            "https://www.midilibre.fr/gard/bagnols-sur-ceze/rss.xml",
            status="convention",
            listed="2025+",
        ),
        Listing("https://www.midilibre.fr/economie/emploi/"),
        Listing("https://www.midilibre.fr/gard/", status="convention"),
    )
    article_urls = (
        r"^https?://(?:www\.)?midilibre\.fr/\d{4}/\d{2}/\d{2}/[a-z0-9-]+-\d+\.php$",
        r"^https?://(?:www\.)?midilibre\.fr/\d{4}/\d{2}/\d{2}/[^/]+,\d+\.php$",
    )
    verified = "2026-11-30"
