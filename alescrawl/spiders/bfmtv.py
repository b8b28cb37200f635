"""BFM TV and BFM Business: press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed


class Bfmtv(NewsSpider):
    """The number in an address begins with the day."""

    name = "bfmtv"
    publisher = "BFM"
    kind = "press"
    scope = "national"
    hosts = ("www.bfmtv.com",)
    routes = (
        Feed("https://www.bfmtv.com/rss/economie/", seen="2026-08-03"),
        Feed(
            "https://www.bfmtv.com/rss/economie/entreprises/",
            status="convention",
            listed="undated",
        ),
        Feed(
            "https://bfmbusiness.bfmtv.com/rss/info/flux-rss/flux-toutes-les-actualites/",
            status="convention",
            listed="undated",
        ),
    )
    # No article was seen: the form is a convention.
    article_urls = (r"^https?://(?:www\.)?bfmtv\.com/.+_A[NDV]-\d{12}\.html$",)
    verified = "2026-11-30"
