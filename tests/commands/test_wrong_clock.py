"""A machine whose clock was ahead: what the next crawl brings, and what the commands say."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from loopback import page, sitemap
from scrapy_command import FAST, ROOT

import alescrawl

_AHEAD = """
import sys, time_machine
from datetime import UTC, datetime, timedelta
traveller = time_machine.travel(datetime.now(UTC) + timedelta(days=int(sys.argv[1])), tick=True)
traveller.start()
from scrapy.cmdline import execute
execute(["scrapy", *sys.argv[2:]])
"""
SETTINGS = (*FAST, "SPIDER_MODULES=sources.tested")


def _words(site):
    return ("crawl", "tested", "-a", f"root={site.url}")


@pytest.mark.parametrize("days", [40, 366])
def test_a_first_run_far_ahead_costs_nothing_once_the_clock_is_right(scrapy, site, days):
    now = datetime.now(UTC)
    entries = []
    for number in range(6):
        moment = now - timedelta(days=3 * number + 1)
        site[f"/a{number}"] = page(f"Nouvelle numéro {number}", published=moment.isoformat())
        entries.append(f"/a{number}")
    site["/sitemap.xml"] = sitemap(*entries)
    words = scrapy.options(_words(site), SETTINGS)
    first = subprocess.run(
        [sys.executable, "-c", _AHEAD, str(days), *words],
        env=scrapy.environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert first.returncode == 0, first.stderr
    looked = scrapy.run("status")
    assert looked.returncode == 0, looked.stderr
    shown = " ".join(looked.stdout.split())
    assert "recorded later than now" in shown
    done = scrapy.run(*_words(site), settings=SETTINGS)
    assert done.returncode == 0, done.stderr
    assert "later than now, when this machine's clock was ahead" in done.stdout
    articles = alescrawl.load_articles(scrapy.output)
    assert len(articles) == 6
    assert (articles["fetched_at"] < now + timedelta(hours=1)).all()
    again = scrapy.run(*_words(site), settings=SETTINGS)
    assert "later than now" not in again.stdout
