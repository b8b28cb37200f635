"""Banque de France: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing


class BanqueFrance(NewsSpider):
    """Its regional surveys; no article was seen: its pages tell."""

    name = "banque_france"
    publisher = "Banque de France"
    kind = "public_body"
    scope = "national"
    hosts = ("www.banque-france.fr",)
    routes = (
        Listing(
            "https://www.banque-france.fr/fr/statistiques/tendances-regionales", status="convention"
        ),
    )
    verified = "2026-11-23"
