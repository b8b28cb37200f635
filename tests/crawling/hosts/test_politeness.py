"""What the access log of a real server says about how it was asked."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count, pairwise

import pytest
from loopback import Answer, Site, is_article, page, sitemap

import alescrawl


@pytest.fixture
def journal(site):
    """Return a site with four articles."""
    return publish(site, 4)


def publish(site, many):
    paths = [f"/a{n}" for n in range(1, many + 1)]
    site["/sitemap.xml"] = sitemap(*paths)
    for path in paths:
        site[path] = page(f"Article {path}")
    return site


def paths(site):
    return [hit.path for hit in site.log]


def gaps(site):
    """Return the seconds between the arrivals of two requests that follow each other."""
    return [after.at - before.at for before, after in pairwise(site.log)]


def keeps(delay, waits):
    """Return whether *waits* are *delay* long.

    A busy machine lets a request arrive late: the next one comes sooner after it by as much.
    """
    late = 0.0
    for wait in waits:
        if wait + late < 0.7 * delay:
            return False
        late = max(0.0, late + wait - delay)
    return sum(waits) > 0.95 * delay * len(waits)


def reasons(scrapy):
    """Return the counts of the newest run by name."""
    runs = alescrawl.load_runs(scrapy.output).sort_values("run_id")
    return {r["name"]: r["count"] for r in runs.iloc[-1].reasons}


def next_checks(scrapy):
    with sqlite3.connect(scrapy.output / "ledger.sqlite") as db:
        rows = db.execute("SELECT url, next_check FROM urls WHERE next_check IS NOT NULL")
        return {url: datetime.fromisoformat(moment) for url, moment in rows}


def refuse(site, how, *, first=0, times=10**6):
    """Let *site* answer *how* says for articles: *first* pass, the next *times* do not."""
    asked = count()

    def before(path):
        if not is_article(path) or not first <= next(asked) < first + times:
            return None
        return how()

    site.before = before


def too_many(retry_after=None, status=429):
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Answer("trop", status=status, headers=headers)


def in_seconds(seconds):
    return datetime.now(UTC) + timedelta(seconds=seconds)


def test_robots_txt_is_asked_before_anything_else_and_once(scrapy, journal):
    scrapy.crawl(journal)
    assert paths(journal)[0] == "/robots.txt"
    assert paths(journal).count("/robots.txt") == 1


def test_robots_txt_is_remembered_for_a_day(scrapy, journal):
    journal["/robots.txt"] = "User-agent: *\nDisallow: /a1\n"
    scrapy.crawl(journal)
    scrapy.crawl(journal, "full=1")
    assert paths(journal).count("/robots.txt") == 1
    assert "/a1" not in paths(journal)
    with sqlite3.connect(scrapy.output / "ledger.sqlite") as db:
        db.execute("UPDATE host_files SET fetched_at = '2026-01-01T00:00:00+00:00'")
    scrapy.crawl(journal)
    assert paths(journal).count("/robots.txt") == 2


def test_the_delay_is_kept_between_all_requests(scrapy, journal):
    scrapy.crawl(journal, more=("DOWNLOAD_DELAY=0.2",))
    assert len(journal.article_paths()) == 4
    assert keeps(0.2, gaps(journal))


def test_crawl_delay_is_obeyed_where_it_is_longer_than_the_delay(scrapy, journal):
    journal["/robots.txt"] = (
        "User-agent: *\nCrawl-delay: 9\n\nUser-agent: Alescrawl/1\nCrawl-delay: 0.4"
    )
    scrapy.crawl(journal, more=("DOWNLOAD_DELAY=0.1",))
    assert len(journal.article_paths()) == 4
    assert keeps(0.4, gaps(journal)[1:])


def test_the_longer_delay_counts(scrapy, journal):
    journal["/robots.txt"] = "User-agent: *\nCrawl-delay: 0.1\n"
    scrapy.crawl(journal, more=("DOWNLOAD_DELAY=0.3",))
    assert keeps(0.3, gaps(journal))


def test_a_crawl_delay_of_hours_is_capped_and_counted(scrapy, journal):
    journal["/robots.txt"] = "User-agent: *\nCrawl-delay: 86400\n"
    scrapy.crawl(journal, more=("ALESCRAWL_LONGEST_CRAWL_DELAY=0.3",))
    assert len(journal.article_paths()) == 4
    assert keeps(0.3, gaps(journal)[1:])
    assert reasons(scrapy)["robots/crawl_delay_capped"] == 1


def test_a_crawl_delay_is_kept_by_the_next_run_that_does_not_ask_for_robots_txt(scrapy, journal):
    journal["/robots.txt"] = "User-agent: *\nCrawl-delay: 0.3\n"
    scrapy.crawl(journal)
    journal.log.clear()
    scrapy.crawl(journal, "full=1")
    assert len(journal.log) == 5
    assert keeps(0.3, gaps(journal))


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    "retry_after",
    [lambda: 1, lambda: format_datetime(in_seconds(2), usegmt=True)],
    ids=["seconds", "date"],
)
def test_the_whole_host_waits_as_long_as_retry_after_says(scrapy, journal, status, retry_after):
    refuse(journal, lambda: too_many(retry_after(), status), first=1, times=1)
    scrapy.crawl(journal, more=("RETRY_TIMES=2",))
    (at,) = [n for n, hit in enumerate(journal.log) if hit.status == status]
    assert gaps(journal)[at] > 0.99
    assert len(alescrawl.load_articles(scrapy.output)) == 4, "the refused page is asked for again"
    assert reasons(scrapy)["host/waited"] == 1


def test_a_host_that_says_not_how_long_is_asked_ever_more_slowly(scrapy, journal):
    refuse(journal, too_many, times=2)
    scrapy.crawl(journal, more=("RETRY_TIMES=2", "ALESCRAWL_FIRST_WAIT=0.4"))
    first, second = [n for n, hit in enumerate(journal.log) if hit.status == 429]
    assert gaps(journal)[first] > 0.39
    assert gaps(journal)[second] > 0.79
    assert len(alescrawl.load_articles(scrapy.output)) == 4


def test_a_host_that_says_too_fast_is_asked_half_as_fast_afterwards(scrapy, site):
    publish(site, 6)
    refuse(site, lambda: too_many(1), first=1, times=1)
    scrapy.crawl(site, more=("RETRY_TIMES=2", "DOWNLOAD_DELAY=0.2"))
    (at,) = [n for n, hit in enumerate(site.log) if hit.status == 429]
    # The first request waits for the machine.
    assert keeps(0.2, gaps(site)[1:at])
    assert keeps(0.4, gaps(site)[at + 1 :])


def test_a_host_that_keeps_refusing_is_left_alone_and_its_articles_come_another_day(
    scrapy, journal
):
    refuse(journal, lambda: too_many(1), first=1)
    done = scrapy.crawl(journal, more=("ALESCRAWL_PATIENCE=2",))
    assert f"left {journal.url} alone: the host refuses (HTTP 429); not before" in done.stdout
    assert len(journal.article_paths()) == 3, "one was given, two were refused"
    assert reasons(scrapy)["page/refused/host_refuses"] == 1
    assert done.returncode == 1
    journal.before = lambda _path: None
    with sqlite3.connect(scrapy.output / "ledger.sqlite") as db:
        db.execute("DELETE FROM hosts")
        db.execute("UPDATE urls SET next_check = '2026-01-01T00:00:00+00:00'")
    assert scrapy.crawl(journal).returncode == 0
    assert len(alescrawl.load_articles(scrapy.output)) == 4


def test_who_asks_to_wait_an_hour_is_not_asked_before(scrapy, journal):
    refuse(journal, lambda: too_many(3600), first=1)
    scrapy.crawl(journal)
    assert len(journal.article_paths()) == 2
    checks = [moment for moment in next_checks(scrapy).values() if moment < in_seconds(86400)]
    assert len(checks) == 3
    assert all(moment > in_seconds(3500) for moment in checks)
    journal.log.clear()
    done = scrapy.crawl(journal)
    assert journal.log == [], "another run keeps the promise, too"
    assert "the host asked to wait; not before" in done.stdout
    assert done.returncode == 1


def test_a_server_that_falls_silent_ends_the_run_and_the_next_one_goes_on(scrapy, site):
    publish(site, 9)
    refuse(site, lambda: Answer(delay=1), first=1)
    done = scrapy.crawl(site, more=("ALESCRAWL_PATIENCE=2", "DOWNLOAD_TIMEOUT=0.5"))
    assert "the host does not answer (no answer in time); the next run tries again" in done.stdout
    assert done.returncode == 1
    assert len(site.article_paths()) <= 4, "one that has left cannot be called back"
    site.before = lambda _path: None
    assert scrapy.crawl(site).returncode == 0
    assert len(alescrawl.load_articles(scrapy.output)) >= 6, "what failed waits an hour"


def test_hosts_are_asked_at_the_same_time(scrapy):
    with Site(host="127.0.0.1") as one, Site(host="127.0.0.2") as other:
        named = []
        for site, many in ((one, 20), (other, 4)):
            for n in range(many):
                site[f"/a{n}"] = page(f"Article {n}")
                named.append(f"{site.url}/a{n}")
        words = ("crawl", "urls", "-a", f"urls={','.join(named)}")
        scrapy.run(*words, settings=("DOWNLOAD_DELAY=0.3",))
        assert (len(one.article_paths()), len(other.article_paths())) == (20, 4)
        assert other.log[-1].at < one.log[10].at, "the many of one do not keep the other waiting"
        assert keeps(0.3, gaps(one) + gaps(other))
