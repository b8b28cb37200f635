"""actu.fr (Nîmes, Métropolitain): press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing


class Actu(NewsSpider):
    """The pages of Occitanie; the five digits after a town are its INSEE code."""

    name = "actu"
    publisher = "actu.fr"
    kind = "press"
    scope = "regional"
    hosts = ("actu.fr",)
    routes = (
        Feed("https://actu.fr/occitanie/rss.xml", seen="2026-09-24"),
        Feed("https://actu.fr/metropolitain/rss.xml", status="convention", listed="2025+"),
        Listing("https://actu.fr/occitanie/nimes_30189", status="convention"),
    )
    article_urls = (r"^https?://actu\.fr/occitanie/[a-z0-9-]+_\d{5}/[a-z0-9-]+_\d{6,9}\.html$",)
    verified = "2026-11-30"
