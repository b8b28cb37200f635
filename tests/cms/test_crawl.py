"""A crawl of real content management systems finds what they publish, and only that."""

import pytest
from crawls import history

from alescrawl.extraction.canonical import canonical_url

FEWEST_REQUESTS = 0.05
"""Requests per article of a run in which nothing has changed."""
MOST_MORE = 10
"""Requests more where three articles have changed and one is gone."""


@pytest.fixture(scope="module", params=["classic", "block", "spip"])
def crawled(request, tmp_path_factory):
    """Yield a site's history: the site explored, crawled unchanged, crawled after changes."""
    is_spip = request.param == "spip"
    cms = request.getfixturevalue("spip" if is_spip else f"{request.param}_wordpress")
    return history(cms, tmp_path_factory.mktemp("crawled"))


def test_every_published_article_is_found_and_nothing_else(crawled):
    assert crawled.first.missing() == []
    assert crawled.first.superfluous() == []


@pytest.mark.parametrize("field", ["title", "authors", "published", "text"])
def test_what_is_read_is_what_the_site_holds(crawled, field):
    assert crawled.first.wrong(field) == []


def test_a_canonical_address_on_another_site_is_not_believed(crawled):
    rows = crawled.first.articles
    assert {u: r["canonical_url"] for u, r in rows.items()} == {u: canonical_url(u) for u in rows}


def test_a_crawl_of_an_unchanged_site_asks_for_no_article(crawled):
    assert crawled.second.pages == []
    assert len(crawled.second.asked) < FEWEST_REQUESTS * len(crawled.second.truth)
    assert crawled.second.missing() == []


def test_edits_of_new_and_old_articles_are_noticed(crawled):
    assert crawled.noticed_edits() == list(crawled.edited)
    assert crawled.third.wrong("text") == []


def test_changes_cost_few_requests_more(crawled):
    assert len(crawled.third.asked) <= len(crawled.second.asked) + MOST_MORE


def test_a_deletion_is_noticed(crawled):
    assert crawled.noticed_deletion()
