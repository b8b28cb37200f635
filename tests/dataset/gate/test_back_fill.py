"""A back-fill: older articles of another template are not held back as a drift of today's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from loopback import page, sitemap
from scrapy_command import FAST

import alescrawl

NOW = datetime.now(UTC)
TEXT = "<p>" + "La commune a lancé des travaux de voirie pour un an. " * 20 + "</p>"
PICTURE = '<meta property="og:image" content="https://images.example/{}.jpg">'


def _put(site, numbers, days, head):
    for number in numbers:
        moment = NOW - timedelta(days=days + number)
        site[f"/a{number}"] = page(
            f"Nouvelle numéro {number}",
            TEXT,
            head=head.format(number),
            published=moment.isoformat(),
        )


def _crawl(scrapy, site):
    words = ("crawl", "tested", "-a", f"root={site.url}", "-a", "since=2000-01-01")
    return scrapy.run(*words, settings=(*FAST, "SPIDER_MODULES=sources.tested"))


def test_older_articles_without_pictures_are_let_through(scrapy, site):
    _put(site, range(8), 0, PICTURE)
    site["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(8)))
    assert _crawl(scrapy, site).returncode == 0
    _put(site, range(8, 40), 900, "")
    site["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(40)))
    done = _crawl(scrapy, site)
    assert done.returncode == 0, done.stdout
    assert len(alescrawl.load_articles(scrapy.output)) == 40
