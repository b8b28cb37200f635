"""France 3 Occitanie: press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing


class France3Occitanie(NewsSpider):
    """The regional pages of a national site."""

    name = "france3_occitanie"
    publisher = "France 3 Occitanie"
    kind = "press"
    scope = "regional"
    hosts = ("france3-regions.franceinfo.fr",)
    former_hosts = ("france3-regions.francetvinfo.fr",)
    routes = (
        Feed("https://france3-regions.francetvinfo.fr/occitanie/rss"),
        Feed("https://france3-regions.francetvinfo.fr/occitanie/gard/rss", status="convention"),
        Listing("https://france3-regions.francetvinfo.fr/occitanie/gard/", status="convention"),
    )
    article_urls = (
        r"^https?://france3-regions\.(?:francetvinfo|franceinfo)\.fr/occitanie/(?:gard/)?(?:[a-z-]+/)?[a-z0-9-]+-\d{6,8}\.html$",
    )
    boilerplate = (
        r"De la vie quotidienne aux grands enjeux.*",
        r"France Télévisions utilise votre adresse.*",
        r"©\s?France 3 Occitanie",
    )
    verified = "2026-11-23"
