"""What a real site sees of a crawl: robots.txt, its Crawl-delay and Retry-After are kept."""

import time
from itertools import pairwise

import pytest
from crawls import EVER, crawl


@pytest.fixture(params=["spip", "classic_wordpress"])
def cms(request):
    """Return each system in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def few(cms, tmp_path):
    """Return a function that crawls some articles of the site and returns what it saw."""

    def crawl_few():
        arguments = ("site", "-a", f"url={cms.url}", "-a", EVER, "-a", "limit=3")
        return crawl(cms, tmp_path / "output", *arguments)

    return crawl_few


@pytest.fixture
def robots(cms):
    """Return a function that adds lines to the robots.txt of the site for one test."""
    yield cms.set_robots
    cms.set_robots()


def test_robots_comes_first_and_what_it_closes_is_not_asked_for(cms, few, robots):
    newest = max(cms.truth().values(), key=lambda article: article.published).url
    robots(f"Disallow: {newest.removeprefix(cms.url)}")
    crawled = few()
    assert crawled.asked[0].path == "/robots.txt"
    assert newest not in {asked.url for asked in crawled.asked}
    assert {asked.agent.split("/")[0] for asked in crawled.asked} == {"alescrawl"}


def test_the_delay_that_robots_asks_for_lies_between_requests(few, robots):
    robots("Crawl-delay: 1")
    times = sorted(asked.time for asked in few().asked[1:])
    gaps = [after - before for before, after in pairwise(times)]
    assert len(gaps) >= 5
    assert min(gaps) > 0.9


# Of the newest three addresses of WordPress one is behind a password: no article.
@pytest.mark.parametrize(
    ("cms", "articles"), [("spip", 3), ("classic_wordpress", 2)], indirect=["cms"]
)
def test_a_busy_site_is_left_alone_until_it_said(cms, few, articles):
    until = time.time() + 8
    cms.be_busy(8)
    crawled = few()
    refused = [asked for asked in crawled.asked if asked.status == 429]
    assert len(refused) == 1
    assert not [a for a in crawled.asked if refused[0].time < a.time < until - 1]
    assert len(crawled.pages) == articles
