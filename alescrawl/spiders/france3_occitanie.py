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
    # Articles were cited under it on 2026-09-27; the other stands in older lists only.
    hosts = ("france3-regions.franceinfo.fr",)
    former_hosts = ("france3-regions.francetvinfo.fr",)
    routes = (
        Feed("https://france3-regions.franceinfo.fr/occitanie/gard/rss", seen="2026-09-24"),
        Feed(
            "https://france3-regions.franceinfo.fr/occitanie/gard/nimes/rss",
            status="convention",
            listed="2025+",
        ),
        Feed(
            "https://france3-regions.franceinfo.fr/occitanie/actu/rss",
            status="convention",
            listed="2025+",
        ),
        Feed(
            "https://france3-regions.franceinfo.fr/occitanie/rss",
            status="convention",
            listed="2026",
        ),
        Listing("https://france3-regions.franceinfo.fr/occitanie/gard/", status="convention"),
    )
    article_urls = (
        r"^https?://france3-regions\.(?:francetvinfo|franceinfo)\.fr/occitanie/(?:gard/)?(?:[a-z-]+/)?[a-z0-9-]+-\d{6,8}\.html$",
    )
    boilerplate = (
        r"De la vie quotidienne aux grands enjeux.*",
        r"France Télévisions utilise votre adresse.*",
        r"©\s?France 3 Occitanie",
    )
    verified = "2026-11-30"
