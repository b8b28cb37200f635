"""Le Journal toulousain: press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing


class LeJournalToulousain(NewsSpider):
    """Its page of the Gard; no article was seen: its pages tell."""

    name = "lejournaltoulousain"
    publisher = "Le Journal toulousain"
    kind = "press"
    scope = "regional"
    hosts = ("www.lejournaltoulousain.fr",)
    routes = (
        Feed(
            "https://www.lejournaltoulousain.fr/occitanie/gard/feed/",
            status="convention",
            listed="2025+",
        ),
        Listing("https://www.lejournaltoulousain.fr/occitanie/gard/", status="convention"),
    )
    verified = "2026-11-30"
