"""Lists that never end: the pages of a series are no articles, and a run asks for so many."""

import re

import pytest
from loopback import Answer, page

LINK = "<a href='{}'>Page suivante</a>"


def _endless(site, form):
    """Sixty articles on ten pages, after which each page names the next for ever."""

    def answer(path):
        found = re.fullmatch(form.replace("?", r"\?").replace("{}", r"(\d+)"), path)
        number = int(found[1]) if found else 1 if path == "/listing" else 0
        if not number:
            return None
        cards = "".join(
            f"<h2><a href='/article-de-la-fonderie-{n}'>Article {n}</a></h2>"
            for n in range(6 * number - 5, 6 * number + 1)
            if n <= 60
        )
        others = "".join(f"<a href='{form.format(number + n)}'>{number + n}</a>" for n in (1, 2, 9))
        return Answer(f"<html><body>{cards}{LINK.format(form.format(number + 1))}{others}</body>")

    for n in range(1, 61):
        site[f"/article-de-la-fonderie-{n}"] = page(f"Article {n}", published="2026-03-01")
    site.before = answer


@pytest.mark.parametrize(
    "form", ["/listing?page={}", "/?page={}", "/listing/page/{}", "/?paged={}"]
)
def test_pages_of_a_series_are_not_asked_for_as_articles(scrapy, site, form):
    _endless(site, form)
    scrapy.crawl(site, "route=/listing", "host=127.0.0.1")
    assert scrapy.ledger("SELECT count(*) FROM articles") == [(60,)]
    assert len(site.asked) < 130


@pytest.mark.long
def test_a_run_asks_for_pages_in_proportion_to_the_articles_it_finds(scrapy, site):
    paths = [f"/rien-a-voir-ici-{n}" for n in range(1_500)]
    urls = "".join(f"<url><loc>{{root}}{path}</loc></url>" for path in paths)
    site["/sitemap.xml"] = Answer(f"<urlset>{urls}</urlset>")
    site.before = lambda path: Answer("<html><p>Rien</p></html>") if "rien" in path else None
    done = scrapy.crawl(site, more=("ALESCRAWL_PAGES_PER_ARTICLE=2",))
    assert sum("rien" in path for path, _ in site.asked) < 260
    assert "asked for no more: hardly any page was an article" in done.stdout
