"""ToulÉco (Toulouse, Montpellier, Gard): economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Sitemap


class Touleco(NewsSpider):
    """SPIP; the words of an address are cut at about 65 characters."""

    name = "touleco"
    publisher = "ToulÉco"
    kind = "economic_press"
    scope = "regional"
    hosts = ("www.touleco.fr",)
    routes = (
        Feed("https://www.touleco.fr/spip.php?page=backend", status="convention", listed="2026"),
        Sitemap("https://www.touleco.fr/spip.php?page=sitemap.xml", status="convention"),
    )
    article_urls = (r"^https?://(?:www\.)?touleco\.fr/[^/?]+,\d+$",)
    boilerplate = (r"\((?:…|\.\.\.)\)", r"La lecture de cet article est réservée.*")
    verified = "2026-11-30"
