"""La Tribune (Objectif Languedoc-Roussillon): economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing


class LaTribune(NewsSpider):
    """Its edition of Languedoc-Roussillon; the national site may carry the same article."""

    name = "latribune"
    publisher = "La Tribune"
    kind = "economic_press"
    scope = "regional"
    hosts = ("objectif-languedoc-roussillon.latribune.fr", "www.latribune.fr")
    routes = (
        Listing("https://objectif-languedoc-roussillon.latribune.fr/"),
        Feed("https://objectif-languedoc-roussillon.latribune.fr/feed.xml", status="convention"),
        Listing("https://www.latribune.fr/regions/occitanie/", status="convention"),
        Feed("https://www.latribune.fr/rss/rubriques/actualite.html"),
    )
    article_urls = (
        r"^https?://objectif-languedoc-roussillon\.latribune\.fr/(?:[a-z-]+/)+\d{4}-\d{2}-\d{2}/[a-z0-9-]+\.html$",
        r"^https?://objectif-languedoc-roussillon\.latribune\.fr/languedoc-roussillon/Actualites/[A-Za-z0-9-]+_\d+\.html$",
        r"^https?://(?:www\.)?latribune\.fr/(?:[a-z-]+/)+[a-z0-9-]+-\d+\.html$",
    )
    boilerplate = (
        r"\|\s*\|\s*\d+\s+mots",
        r"Légende ?:.*",
        r"Lire également.*",
        r"\(Crédits ?:[^)]*\)",
    )
    verified = "2026-11-23"
