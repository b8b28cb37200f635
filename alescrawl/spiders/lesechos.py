"""Les Echos (PME et régions): economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing


class LesEchos(NewsSpider):
    """Reserves text and data mining (TDMRep in its pages)."""

    name = "lesechos"
    publisher = "Les Echos"
    kind = "economic_press"
    scope = "national"
    rights = "metadata"
    hosts = ("www.lesechos.fr",)
    routes = (
        # It answered 403 to another client on 2026-09-07, perhaps not to every one.
        Feed(
            "https://services.lesechos.fr/rss/les-echos-economie.xml",
            status="convention",
            listed="undated",
        ),
        Feed("https://services.lesechos.fr/rss/les-echos-pme-regions.xml", status="convention"),
        Listing(
            "https://www.lesechos.fr/pme-regions/occitanie", status="convention", listed="2026"
        ),
    )
    # No article was seen: the form is a convention.
    article_urls = (r"^https?://(?:www\.)?lesechos\.fr/pme-regions/[a-z-]+/[a-z0-9-]+-\d+$",)
    verified = "2026-11-30"
