"""Dis-Leur !: press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing, Sitemap, WordPressRest


class DisLeur(NewsSpider):
    """Articles lie at the root, and are told from other pages by the number of words."""

    name = "dis_leur"
    publisher = "Dis-Leur !"
    kind = "press"
    scope = "regional"
    hosts = ("dis-leur.fr",)
    routes = (
        Feed("https://dis-leur.fr/feed/", status="convention", listed="2025+"),
        WordPressRest("https://dis-leur.fr/wp-json/wp/v2/posts", status="convention"),
        Sitemap("https://dis-leur.fr/wp-sitemap.xml", status="convention"),
        Listing("https://dis-leur.fr/tag/gard/"),
    )
    # No article was seen: the form is a convention.
    article_urls = (r"^https?://dis-leur\.fr/[a-z0-9]+(?:-[a-z0-9]+){3,}/?$",)
    ignored_urls = (r"/politique-de-",)
    boilerplate = (r"Ce contenu est accessible seulement .*", r"Se connecter\s+S'enregistrer")
    verified = "2026-11-30"
