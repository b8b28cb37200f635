"""Préfecture du Gard: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing


class PrefectureGard(NewsSpider):
    """The collections of its decisions are PDF files, which are not read."""

    name = "prefecture_gard"
    publisher = "Préfecture du Gard"
    kind = "public_body"
    scope = "gard"
    hosts = ("www.gard.gouv.fr",)
    routes = (
        # The form was seen of another prefecture.
        Feed("https://www.gard.gouv.fr/syndication/flux/actualites", status="convention"),
        Listing("https://www.gard.gouv.fr/Actualites", status="convention", listed="2026-07"),
    )
    article_urls = (
        r"^https?://(?:www\.)?gard\.gouv\.fr/(?:index\.php/)?Actualites/[A-Za-z0-9%_-]+/?$",
    )
    verified = "2026-11-30"
