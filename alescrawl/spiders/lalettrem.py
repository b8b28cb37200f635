"""La Lettre M (Montpellier): economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing, Sitemap


class LaLettreM(NewsSpider):
    """Drupal; its term 3 is the Gard. The weekly letters, of many items each, are left out."""

    name = "lalettrem"
    publisher = "La Lettre M"
    kind = "economic_press"
    scope = "regional"
    hosts = ("www.lalettrem.fr",)
    routes = (
        Feed("https://www.lalettrem.fr/taxonomy/term/3/feed", status="convention"),
        Feed("https://www.lalettrem.fr/rss.xml", status="convention"),
        Sitemap("https://www.lalettrem.fr/sitemap.xml", status="convention"),
        Listing("https://lalettrem.fr/taxonomy/term/3"),
    )
    article_urls = (
        r"^https?://(?:www\.)?lalettrem\.fr/node/\d+$",
        r"^https?://(?:www\.)?lalettrem\.fr/(?:actualites|contenu|la-lettre-m)/[a-z0-9-]+/?$",
    )
    ignored_urls = (r"/la-lettre-m/\d+(?:/|$)", r"/lecture-zen/")
    boilerplate = (
        r"Fil infos",
        r"Hebdo du mardi",
        r"Bloc Abonnement",
        r"La Lettre M sur votre bureau .*",
        r"À lire également ?:.*",
        r"A lire également ?:.*",
        r"La lecture zen .*",
        r"\(\.\.\.\)",
    )
    verified = "2026-11-30"
