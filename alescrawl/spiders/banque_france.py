"""Banque de France: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing


class BanqueFrance(NewsSpider):
    """Its news and regional surveys; no article was seen: its pages tell.

    Its feeds, /rss.xml and /fr/rss.xml, answered 403 on 2026-09-07.
    """

    name = "banque_france"
    publisher = "Banque de France"
    kind = "public_body"
    scope = "national"
    hosts = ("www.banque-france.fr",)
    routes = (
        Listing("https://www.banque-france.fr/fr/actualites", seen="2026"),
        Listing(
            "https://www.banque-france.fr/fr/statistiques/tendances-regionales", status="convention"
        ),
    )
    verified = "2026-11-30"
