"""France Travail: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing


class FranceTravail(NewsSpider):
    """Pôle emploi until 2024; no article was seen: its pages tell."""

    name = "france_travail"
    publisher = "France Travail"
    kind = "public_body"
    scope = "national"
    hosts = ("www.francetravail.org",)
    former_hosts = ("pole-emploi.org",)
    routes = (Listing("https://www.francetravail.org/regions/occitanie.html", status="convention"),)
    verified = "2026-11-30"
