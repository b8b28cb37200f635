"""Sources for tests of `scrapy check-sources`, one for each outcome, on hosts of the stand-in."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing, Sitemap


class _Checked(NewsSpider):
    kind = "press"
    scope = "gard"
    publisher = "Le Journal inventé"
    article_urls = (r"/economie/[a-z-]+-\d+$",)
    verified = "2026-11-26"


class Works(_Checked):
    name = "works"
    hosts = ("www.works.example",)
    routes = (
        Feed("https://www.works.example/feed/"),
        Sitemap("https://www.works.example/sitemap.xml"),
        Listing("https://www.works.example/supposed", status="convention"),
    )


class Moved(_Checked):
    name = "moved"
    hosts = ("www.moved.example", "new.example")
    routes = (Feed("https://www.moved.example/feed/"),)


class Forbidden(_Checked):
    name = "forbidden"
    hosts = ("www.forbidden.example",)
    routes = (Feed("https://www.forbidden.example/feed/"),)


class Refuses(_Checked):
    name = "refuses"
    hosts = ("www.refuses.example",)
    routes = (Feed("https://www.refuses.example/feed/"),)


class ArticlesForbidden(_Checked):
    name = "articles_forbidden"
    hosts = ("www.articles.example",)
    routes = (Feed("https://www.articles.example/feed/"),)


class Reserved(_Checked):
    name = "reserved"
    hosts = ("www.reserved.example",)
    routes = (Feed("https://www.reserved.example/feed/"),)


class Empty(_Checked):
    name = "empty"
    hosts = ("www.empty.example",)
    routes = (Feed("https://www.empty.example/feed/"), Feed("https://www.empty.example/page"))


class Gone(_Checked):
    name = "gone"
    hosts = ("www.gone.example",)
    routes = (Feed("https://www.gone.example/feed/"),)


class HomeOnly(_Checked):
    name = "home_only"
    hosts = ("www.home.example",)


class Unreachable(_Checked):
    name = "unreachable"
    hosts = ("nobody.example",)
    routes = (Feed("https://nobody.example/feed/"),)
