"""All addresses that are stored are of the web, whatever a page, a feed or a sitemap states."""

import re

import pytest
from loopback import Answer, page, sitemap

import alescrawl

OTHERS = (
    *("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://h.example/a"),
    *("mailto:a@b.example", "vbscript:x", "blob:http://h.example/1", "  javascript:alert(2)"),
    *("java\tscript:alert(3)", "//", "http://", "https:///a", "http://[", "tel:+33466000000"),
)
OTHER = re.compile(r"(?i)\s*(?:javascript|data|file|ftp|vbscript|blob|mailto|tel):")
ADDRESS = re.compile(r"^\s*[a-zA-Z][\w+.\t-]*:(?!\s)")


def _head(address):
    return (
        f'<link rel="canonical" href="{address}"><meta property="og:url" content="{address}">'
        f'<meta property="og:image" content="{address}"><link rel="amphtml" href="{address}">'
        f'<link rel="image_src" href="{address}"><link rel="license" href="{address}">'
        f'<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="{address}">'
        '<script type="application/ld+json">{"@type": "NewsArticle", '
        f'"url": "{address}", "image": "{address}", "thumbnailUrl": "{address}", '
        f'"mainEntityOfPage": "{address}", "author": {{"name": "Lise Roy", "url": "{address}"}}}}'
        "</script>"
    )


def _feed(addresses):
    items = "".join(
        f"<item><title>Fil {n}</title><link>{address}</link><guid>{address}</guid>"
        f'<enclosure url="{address}" type="image/jpeg"/></item>'
        for n, address in enumerate(addresses)
    )
    return Answer(f'<rss version="2.0"><channel>{items}</channel></rss>', type="text/xml")


@pytest.fixture
def crawled(scrapy, site):
    for number, address in enumerate(OTHERS):
        body = page(f"Titre numéro {number}", head=_head(address))
        picture = f'<figure><img src="{address}" width="900" height="600"></figure>'
        site[f"/a{number}"] = body.replace("</h1>", f"</h1>{picture}")
    site["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(len(OTHERS))), *OTHERS)
    site["/feed"] = _feed(OTHERS)
    done = scrapy.crawl(site)
    assert "Traceback" not in done.stderr
    return scrapy.output


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def test_no_address_that_is_stored_is_of_another_scheme(crawled):
    articles = alescrawl.load_articles(crawled)
    assert len(articles) == len(OTHERS)
    stored = [value for row in articles.itertuples() for value in _texts(list(row))]
    addresses = [value for value in stored if ADDRESS.match(value) or value.startswith("//")]
    assert [a for a in addresses if not re.match(r"https?://[\w.-]", a)] == []


@pytest.mark.usefixtures("crawled")
def test_nor_in_the_ledger(scrapy):
    tables = scrapy.ledger("SELECT name FROM sqlite_master WHERE type = 'table'")
    rows = [row for (name,) in tables for row in scrapy.ledger(f'SELECT * FROM "{name}"')]
    assert [v for row in rows for v in row if isinstance(v, str) and OTHER.match(v)] == []
