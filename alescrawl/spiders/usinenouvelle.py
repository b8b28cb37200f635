"""L'Usine Nouvelle: economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed


class UsineNouvelle(NewsSpider):
    """Of the system that its feed is of today, in 2026, no article was seen: its pages tell.

    Before that, addresses were /article/….N123456, those of announcements /article/communique-….
    """

    name = "usinenouvelle"
    publisher = "L'Usine Nouvelle"
    kind = "economic_press"
    scope = "national"
    hosts = ("www.usinenouvelle.com",)
    routes = (Feed("https://www.usinenouvelle.com/arc/outboundfeeds/rss/", seen="2026-10"),)
    boilerplate = (r"Quotidien des Usines",)
    verified = "2026-11-30"
