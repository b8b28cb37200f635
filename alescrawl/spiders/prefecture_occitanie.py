"""Préfecture de région Occitanie: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing


class PrefectureOccitanie(NewsSpider):
    """Explanations of acronyms stand in the text, glued to them."""

    name = "prefecture_occitanie"
    publisher = "Préfecture de région Occitanie"
    kind = "public_body"
    scope = "regional"
    hosts = ("www.prefectures-regions.gouv.fr",)
    routes = (
        Listing(
            "https://www.prefectures-regions.gouv.fr/occitanie/Actualites", status="convention"
        ),
    )
    article_urls = (
        r"^https?://(?:www\.)?prefectures-regions\.gouv\.fr/occitanie/Actualites/[A-Za-z0-9-]+/?$",
    )
    verified = "2026-11-30"
