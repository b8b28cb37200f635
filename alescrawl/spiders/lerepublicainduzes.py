"""Le Républicain d'Uzès et du Gard: press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider


class LeRepublicainDUzes(NewsSpider):
    """No route is known."""

    name = "lerepublicainduzes"
    publisher = "Le Républicain d'Uzès et du Gard"
    kind = "press"
    scope = "gard"
    hosts = ("www.lerepublicainduzes.fr",)
    article_urls = (r"^https?://(?:www\.)?lerepublicainduzes\.fr/fr/[a-z-]+/id-\d+-[a-z0-9-]+/?$",)
    boilerplate = (r"Ce champ est invalide", r"RSS", r"Savoir-Faire")
    verified = "2026-11-30"
