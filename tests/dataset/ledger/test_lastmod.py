"""A sitemap's lastmod decides what is looked at again, as far as it deserves it."""

from datetime import UTC, datetime, timedelta

import pytest
from loopback import page, sitemap

import alescrawl
from alescrawl.dataset.ledger.addresses import AddressRecords
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.ledger.frontier import Frontier
from alescrawl.dataset.ledger.hints import Listed
from alescrawl.dataset.ledger.runs import begin_run
from alescrawl.dataset.ledger.window import Window
from alescrawl.items import Visit

MANY = 100
BATCH = 32


def _now(**span):
    return (datetime.now(UTC) + timedelta(**span)).isoformat()


def _listed(hours):
    moment = datetime.now(UTC) + timedelta(hours=hours)
    return [Listed(f"https://a.example/{n}", lastmod=moment) for n in range(MANY)]


def _read_all(ledger, hours, *, changed):
    """List all addresses as modified, read what is due, and return how many were."""
    frontier = Frontier(ledger, "s", begin_run(ledger, "s", Window()))
    records = AddressRecords(ledger, "s")
    frontier.offer(_listed(hours))
    asked = 0
    while some := frontier.take(BATCH, Window()):
        asked += len(some)
        for candidate in some:
            with ledger.transaction() as db:
                visit = Visit(candidate.url, 200)
                records.record(db, visit, "article", changed=changed(candidate.url))
    return asked, frontier.not_believed()


@pytest.fixture
def ledger(tmp_path):
    """A ledger in which all addresses were read once."""
    opened = Ledger(tmp_path / "ledger.sqlite")
    assert _read_all(opened, -9, changed=lambda _: None) == (MANY, 0)
    yield opened
    opened.close()


def test_a_sitemap_that_always_says_now_is_not_believed_after_a_batch(ledger):
    asked, left = _read_all(ledger, -8, changed=lambda _: False)
    assert (asked, left) == (BATCH, MANY - BATCH)
    assert _read_all(ledger, -7, changed=lambda _: False) == (0, MANY)


def test_a_sitemap_that_is_right_now_and_then_is_believed(ledger):
    assert _read_all(ledger, -8, changed=lambda url: url.endswith("7")) == (MANY, 0)


def test_a_run_after_one_that_read_in_vain_asks_for_nothing_and_counts_it(scrapy, site):
    paths = [f"/a{n}" for n in range(25)]
    for path in paths:
        site[path] = page(f"Article {path}", published="2026-01-05T10:00:00Z")
    for hours in (-3, -2):
        site["/sitemap.xml"] = sitemap(*((path, _now(hours=hours)) for path in paths))
        scrapy.crawl(site)
    assert len(site.article_paths()) == 2 * len(paths)
    site["/sitemap.xml"] = sitemap(*((path, _now()) for path in paths))
    assert "not asked      25" in scrapy.crawl(site).stdout
    assert len(site.article_paths()) == 2 * len(paths)
    scrapy.pass_time(days=31)
    scrapy.crawl(site)
    assert len(site.article_paths()) == 3 * len(paths), "once a month it is looked into"


@pytest.mark.parametrize("later", ["2026-01-01T10:00:00Z", "2099-01-01T10:00:00Z"])
def test_a_lastmod_that_goes_back_or_lies_in_the_future_says_nothing(scrapy, site, later):
    site["/sitemap.xml"] = sitemap(("/a1", "2026-02-01T10:00:00Z"))
    site["/a1"] = page("Un")
    scrapy.crawl(site)
    site["/sitemap.xml"] = sitemap(("/a1", later))
    scrapy.crawl(site)
    assert site.article_paths() == ["/a1"]
    site["/sitemap.xml"] = sitemap(("/a1", "2026-03-01T10:00:00Z"))
    site["/a1"] = page("Un", "Le texte a changé depuis.")
    scrapy.crawl(site)
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert article.revision == 2, "without a date on the page, too"
