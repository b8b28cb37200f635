"""La Tribune (Objectif Languedoc-Roussillon): economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing


class LaTribune(NewsSpider):
    """The national site; that of its edition of Languedoc-Roussillon was last cited in 2022-06."""

    name = "latribune"
    publisher = "La Tribune"
    kind = "economic_press"
    scope = "regional"
    hosts = ("www.latribune.fr", "objectif-languedoc-roussillon.latribune.fr")
    routes = (
        # It answered without any item on 2026-08-03.
        Feed("https://www.latribune.fr/feed.xml", seen="2026-02-24"),
        Feed(
            "https://www.latribune.fr/rss/rubriques/actualite.html",
            status="convention",
            listed="2026",
        ),
        Listing("https://www.latribune.fr/regions/occitanie/", status="convention"),
        Listing(
            "https://objectif-languedoc-roussillon.latribune.fr/",
            status="convention",
            listed="2022-06",
        ),
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
    verified = "2026-11-30"
