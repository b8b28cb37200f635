"""Nîmes Métropole: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing


class NimesMetropole(NewsSpider):
    """Its date stands in the text: « Publié le » or before the first sentence."""

    name = "nimes_metropole"
    publisher = "Nîmes Métropole"
    kind = "public_body"
    scope = "gard"
    hosts = ("www.nimes-metropole.fr",)
    routes = (Listing("https://www.nimes-metropole.fr/actualites.html", status="convention"),)
    article_urls = (r"^https?://(?:www\.)?nimes-metropole\.fr/actualites/[a-z0-9-]+\.html$",)
    boilerplate = (r"(?:Diminuer|Agrandir) le texte.*", r"Imprimer le contenu de la page.*")
    verified = "2026-11-30"
