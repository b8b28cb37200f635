"""Tribunal administratif de Nîmes: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing


class TribunalNimes(NewsSpider):
    """Its decisions, for the Gard, the Lozère and the Vaucluse."""

    name = "tribunal_nimes"
    publisher = "Tribunal administratif de Nîmes"
    kind = "public_body"
    scope = "regional"
    hosts = ("nimes.tribunal-administratif.fr",)
    routes = (
        Listing(
            "https://nimes.tribunal-administratif.fr/decisions-de-justice/dernieres-decisions",
            status="convention",
        ),
    )
    article_urls = (
        r"^https?://nimes\.tribunal-administratif\.fr/decisions-de-justice/dernieres-decisions/[a-z0-9-]+/?$",
    )
    verified = "2026-11-23"
