"""The raw archive is as long and as large as the settings say, or there is none."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from loopback import page, sitemap
from scrapy.settings import Settings

import alescrawl
from alescrawl import settings as defaults
from alescrawl.crawling.arguments import ArgumentError
from alescrawl.crawling.runs.checked_settings import raw_limits
from alescrawl.dataset.archive.retention import Keep

HERE = ("SPIDER_MODULES=sources.tested", "ALESCRAWL_WORKERS=1")


def _limits(**changes):
    settings = Settings()
    settings.setmodule(defaults)
    settings.setdict(changes)
    return raw_limits(settings)


def _files(scrapy):
    return sorted(path.name for path in (scrapy.output / "raw").rglob("*.warc.gz"))


def _age_archive(scrapy):
    """Make the archive one that a crawl of January 2020 left."""
    (path,) = (scrapy.output / "raw").rglob("*.warc.gz")
    path.rename(path.with_name("2020-01.warc.gz"))
    with closing(sqlite3.connect(scrapy.output / "ledger.sqlite")) as db, db:
        db.execute(
            "UPDATE raw SET file = 'source=tested/2020-01.warc.gz',"
            " fetched_at = '2020-01-02T08:00:00+00:00'"
        )


def test_by_default_all_is_kept():
    assert _limits() == Keep(0, 0)
    assert _limits(ALESCRAWL_RAW_MONTHS="12", ALESCRAWL_RAW_MEGABYTES=500) == Keep(12, 500)
    assert _limits(ALESCRAWL_RAW="0") is None


@pytest.mark.parametrize("value", ["soon", "-1", "1.5", "", None])
@pytest.mark.parametrize("name", ["ALESCRAWL_RAW_MONTHS", "ALESCRAWL_RAW_MEGABYTES"])
def test_a_wrong_value_is_explained(name, value):
    with pytest.raises(ArgumentError, match=rf"{name}: .* expected is a whole number, 0 for no"):
        _limits(**{name: value})


def test_a_wrong_value_ends_the_command_in_one_line(scrapy):
    for wrong in ("ALESCRAWL_RAW_MONTHS=soon", "ALESCRAWL_RAW=perhaps"):
        done = scrapy.run("crawl", "ecomnews", settings=(wrong,))
        (line,) = done.stderr.strip().splitlines()
        assert line.startswith(f"scrapy crawl ecomnews: {wrong.partition('=')[0]}")
        assert done.returncode == 2
        assert not scrapy.output.exists()


def test_old_months_go_at_the_end_of_a_run_and_their_rows_stay(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = page("Une halle ouvre à Alès")
    scrapy.crawl(site)
    _age_archive(scrapy)
    site["/a2"] = page("Un marché ferme à Nîmes")
    site["/sitemap.xml"] = sitemap("/a1", "/a2")
    done = scrapy.crawl(site, more=("ALESCRAWL_RAW_MONTHS=2",))
    assert re.search(r"dropped +1   files of the raw archive", done.stdout), done.stderr
    (kept,) = _files(scrapy)
    assert not kept.startswith("2020")
    assert len(alescrawl.load_articles(scrapy.output)) == 2
    told = scrapy.run(
        "reprocess", settings=("SPIDER_MODULES=sources.tested", "ALESCRAWL_WORKERS=1")
    )
    assert told.returncode == 0, told.stderr
    assert "1 articles read again" in told.stdout
    assert "1 left as they are: no archived page of this state of the article" in told.stdout


def test_a_page_that_is_as_in_a_month_that_goes_is_kept_with_this_one(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = page("Une halle ouvre à Alès")
    scrapy.crawl(site)
    _age_archive(scrapy)
    scrapy.crawl(site, "full=1", more=("ALESCRAWL_RAW_MONTHS=1",))
    assert scrapy.ledger("SELECT kind FROM raw") == [("response",)]
    told = scrapy.run(
        "reprocess", settings=("SPIDER_MODULES=sources.tested", "ALESCRAWL_WORKERS=1")
    )
    assert "1 articles read again, 0 changed" in told.stdout


def test_no_page_is_kept_where_a_setting_says_so(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = page("Une halle ouvre à Alès")
    assert scrapy.crawl(site, more=("ALESCRAWL_RAW=0",)).returncode == 0
    assert len(alescrawl.load_articles(scrapy.output)) == 1
    assert not (scrapy.output / "raw").exists()
    assert scrapy.ledger("SELECT * FROM raw") == []


def test_what_a_killed_process_left_beside_the_archive_goes_with_the_next_run(scrapy, site):
    site["/a1"] = page("Un")
    site["/sitemap.xml"] = sitemap("/a1")
    scrapy.crawl(site)
    (path,) = (scrapy.output / "raw").rglob("*.warc.gz")
    whole = path.read_bytes()
    path.with_name("2026-01.2.warc.gz").write_bytes(whole)
    path.write_bytes(whole + whole[:100])
    scrapy.crawl(site)
    assert _files(scrapy) == [path.name]
    assert path.read_bytes() == whole
