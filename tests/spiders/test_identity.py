"""Objectif Gard moved twice: an article is one row whatever address of which time led to it."""

from __future__ import annotations

import pytest
from loopback import Answer, page
from scrapy_command import FAST
from standin.web import Web, moved

import alescrawl
from alescrawl.extraction.canonical import canonical_url

OLD, NEW = "https://www.objectifgard.com", "https://www.objectifsud.fr"
SLUG = "gard-rhodanien-le-reseau-gard-entreprises-se-deploie"
ARTICLE = f"{NEW}/economie/{SLUG}-42569.php"
LISTED = {
    "of the first system": f"{OLD}/2022/12/03/{SLUG}/",
    "a copy of it": f"{OLD}/2022/12/03/{SLUG}/?random-post=1",
    "over http": f"http://objectifgard.com/economie/{SLUG}-42569.php",
    "of the second system": f"{OLD}/economie/{SLUG}-42569.php",
    "of the new domain": ARTICLE,
    "tracked": f"{ARTICLE}?utm_source=rss",
    "of AMP": f"{ARTICLE}?amp=1",
}


def _feed(*urls):
    items = "".join(f"<item><link>{url.replace('&', '&amp;')}</link></item>" for url in urls)
    return Answer(f"<rss><channel>{items}</channel></rss>", type="text/xml")


@pytest.fixture(name="crawl")
def _crawl(scrapy, monkeypatch):
    html = page("Le réseau se déploie", head=f'<link rel="canonical" href="{ARTICLE}">')
    path = f"/economie/{SLUG}-42569.php"
    old = {path: moved(ARTICLE), f"/2022/12/03/{SLUG}/": moved(ARTICLE)}
    new = {path: Answer(html), f"{path}?amp=1": Answer(html)}
    with Web({"www.objectifgard.com": old, "www.objectifsud.fr": new}) as web:
        for name, value in web.environment.items():
            monkeypatch.setenv(name, value)

        def crawl(*urls):
            old["/feed/"] = _feed(*urls)
            settings = (*FAST, "DOWNLOAD_VERIFY_CERTIFICATES=False")
            scrapy.run("crawl", "objectifgard", "-a", "since=2022-12-01", settings=settings)
            return alescrawl.load_articles(scrapy.output)

        yield crawl


def test_all_addresses_at_once_are_one_article(crawl):
    (article,) = crawl(*LISTED.values()).itertuples()
    assert article.canonical_url == ARTICLE.replace("www.", "")


@pytest.mark.long
def test_each_later_address_leads_to_the_row_that_is_there(crawl):
    for name in ("of the first system", "of the second system", "over http", "of AMP"):
        (article,) = crawl(LISTED[name]).itertuples()
        assert (article.canonical_url, article.revision) == (ARTICLE.replace("www.", ""), 1)


@pytest.mark.parametrize("path", ["economie/une-usine-12.php", "2022/12/03/une-usine/"])
def test_objectif_gard_keeps_each_path_on_its_new_domain(path):
    assert canonical_url(f"{OLD}/{path}") == canonical_url(f"{NEW}/{path}")


@pytest.mark.parametrize("path", ["une-usine-recrute", "1234/une-usine-recrute/"])
def test_an_article_of_herault_tribune_is_one_on_its_host_and_on_that_of_several_papers(path):
    old = canonical_url(f"https://www.herault-tribune.com/articles/{path}")
    new = canonical_url(f"https://echo-des-tribunes.com/herault-tribune/articles/{path}")
    other = canonical_url(f"https://echo-des-tribunes.com/aude-tribune/articles/{path}")
    assert old == new != other
