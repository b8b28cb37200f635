"""When addresses are asked for again: two settings, and nothing is forgotten for ever."""

from datetime import UTC, datetime, timedelta

import pytest
from loopback import Answer, page, sitemap
from scrapy.settings import Settings

from alescrawl import settings as defaults
from alescrawl.crawling.arguments import ArgumentError
from alescrawl.crawling.runs.schedule import STATUSES, Schedule

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def _schedule(**changes):
    settings = Settings()
    settings.setmodule(defaults)
    settings.setdict(changes)
    return Schedule.from_settings(settings)


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (timedelta(hours=1), timedelta(hours=6)),
        (timedelta(days=2), timedelta(days=1)),
        (timedelta(days=29), timedelta(days=7)),
        (timedelta(days=31), None),
    ],
)
def test_a_young_article_is_looked_at_again_ever_more_rarely_then_never(age, wait):
    assert _schedule().recheck(NOW, NOW - age) == (wait and NOW + wait)


def test_the_waits_are_a_setting():
    schedule = _schedule(ALESCRAWL_RECHECKS="2h 30m, 1w 2d")
    assert schedule.recheck(NOW, NOW - timedelta(hours=1)) == NOW + timedelta(minutes=30)
    assert schedule.recheck(NOW, NOW - timedelta(days=6)) == NOW + timedelta(days=2)
    assert _schedule(ALESCRAWL_RECHECKS="").recheck(NOW, NOW) is None


@pytest.mark.parametrize("status", STATUSES)
def test_what_brought_no_article_is_asked_again_for_ever(status):
    schedule = _schedule()
    waits = [schedule.retry(NOW, status, times) - NOW for times in range(1, 60)]
    assert waits == sorted(waits)
    assert timedelta(hours=1) <= waits[0] < waits[-1] <= timedelta(days=180)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("RECHECKS", "1d", "'1d' cannot be used"),
        ("RECHECKS", "1d 6x", "number above 0 with m, h, d or w"),
        ("RECHECKS", "1d 0h", "number above 0"),
        ("RECHECKS", "7d 1d, 1d 6h", "its age is not above the one before"),
        ("RETRIES", "broken 1h 2h", "no such status"),
        ("RETRIES", "failed 2h 1h", "its longest wait is below its first"),
        ("RETRIES", "failed 1h 2h", "refused, not_article, gone is missing"),
    ],
)
def test_a_wrong_value_is_explained(name, value, words):
    with pytest.raises(ArgumentError, match=words):
        _schedule(**{f"ALESCRAWL_{name}": value})


def test_a_wrong_value_ends_the_command_in_one_line(scrapy):
    done = scrapy.run("crawl", "ecomnews", settings=("ALESCRAWL_RECHECKS=soon",))
    (line,) = done.stderr.strip().splitlines()
    assert "ALESCRAWL_RECHECKS: 'soon' cannot be used" in line
    assert done.returncode == 2
    assert not scrapy.output.exists()


def test_every_status_has_a_next_check(scrapy, site):
    answers = {
        "/a-missing": Answer("", status=404),
        "/a-secret": Answer("", status=403),
        "/a-broken": Answer("", status=500),
        "/a-empty": Answer(""),
        "/a-early": page("Tôt", published="2019-01-01T10:00:00Z"),
    }
    site["/sitemap.xml"] = sitemap(*answers)
    site.pages |= {path: Answer(a) if isinstance(a, str) else a for path, a in answers.items()}
    scrapy.crawl(site, "since=2020-01-01")
    rows = scrapy.ledger("SELECT status, next_check IS NOT NULL FROM urls ORDER BY status")
    assert rows == [(s, 1) for s in ("failed", "gone", "not_article", "outside", "refused")]
    asked = len(site.article_paths())
    site.pages |= {path: Answer(page(path)) for path in answers}
    scrapy.pass_time(days=2)
    scrapy.crawl(site, "since=2010-01-01")
    assert len(site.article_paths()) - asked == len(answers)
    assert {status for (status,) in scrapy.ledger("SELECT status FROM urls")} == {"article"}
