"""Objectif Gard: press."""

from __future__ import annotations

from datetime import date

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Archive, Feed, Listing, Sitemap


class Objectifgard(NewsSpider):
    """WordPress until 2022, then a system of its own; on objectifgard.com until 2026-10.

    Numbers in addresses rise with time only above about 90000. A rubric of many items a page,
    « Ça reste entre nous », is left out.
    """

    name = "objectifgard"
    publisher = "Objectif Gard"
    kind = "press"
    scope = "gard"
    # The old domain answers 301 to it, path and number kept: seen in the first days of 2026-10.
    hosts = ("www.objectifsud.fr",)
    former_hosts = ("objectifgard.com",)
    routes = (
        Feed("https://www.objectifsud.fr/economie/feed", status="convention"),
        # Before the change of domain.
        Feed("https://www.objectifgard.com/economie/feed", seen="2026-07-01"),
        Feed("https://www.objectifsud.fr/feed/", status="convention"),
        Feed("https://www.objectifgard.com/feed/", status="convention", listed="2025+"),
        Sitemap("https://www.objectifsud.fr/sitemap.xml", status="convention"),
        Listing("https://www.objectifsud.fr/economie/", status="convention"),
        Archive(
            "https://www.objectifgard.com/{year}/{month}/{day}/",
            status="convention",
            listed="undated",
            day=date(2022, 12, 31),
        ),
    )
    article_urls = (
        r"^https?://(?:www\.)?objectif(?:gard\.com|sud\.fr)/[a-z-]+(?:/[a-z-]+)?/[a-z0-9-]+-\d+\.php$",
        r"^https?://(?:www\.)?objectif(?:gard\.com|sud\.fr)/\d{4}/\d{2}/\d{2}/[a-z0-9-]+/?(?:\?random-post=1)?$",
    )
    ignored_urls = (r"ca-reste-entre-nous",)
    boilerplate = (
        r".*\bvu \d+ fois",
        r".*\(Photo ?: [^)]+/ ?Objectif Gard\)",
        r"[\w.-]+@objectif(?:gard\.com|sud\.fr)",
        r"[A-Z]{2,3}",
    )
    endings = (r"Voir Plus", r"A la une", r"En direct", r"Lire la suite »")
    verified = "2026-11-30"
