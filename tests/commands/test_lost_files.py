"""Files that vanish from under the dataset: what the commands say, and that they come back."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from loopback import Site, page, sitemap


@pytest.fixture
def crawled(scrapy):
    with Site() as site:
        site["/sitemap.xml"] = sitemap("/a1", "/a2")
        site["/a1"] = page("Une scierie embauche", published="2026-03-02T08:00:00Z")
        site["/a2"] = page("Un moulin rouvre", published="2026-03-03T06:45:00Z")
        assert scrapy.crawl(site).returncode == 0
        yield site


def _file(scrapy):
    (found,) = scrapy.output.glob("articles/source=*/year=2026.parquet")
    return found


@pytest.mark.parametrize("empty", [True, False])
def test_a_crawl_with_nothing_new_writes_what_is_lost_and_says_it(scrapy, crawled, empty):
    path = _file(scrapy)
    path.write_bytes(b"") if empty else path.unlink()
    done = scrapy.crawl(crawled)
    assert done.returncode == 0
    assert f"{path} was {'damaged' if empty else 'missing'}" in done.stderr
    assert len(pd.read_parquet(scrapy.output / "articles")) == 2
    assert "was missing" not in scrapy.crawl(crawled).stderr


def test_status_doctor_and_publish_say_it(scrapy, crawled):
    path = _file(scrapy)
    path.unlink()
    shown = scrapy.run("status")
    assert "1 missing" in " ".join(shown.stdout.split())
    found = json.loads(scrapy.run("status", "--json").stdout)
    (status,) = [each for each in found if each["missing"]]
    assert status["missing"] == [path.relative_to(scrapy.output).as_posix()]
    assert status["is_bad"]
    looked = scrapy.run("doctor", "--offline")
    assert looked.returncode == 1
    assert "1 missing: articles/" in looked.stdout
    done = scrapy.run("publish")
    assert "1 partitions written" in done.stdout or "1 partition written" in done.stdout
    assert path.exists()
    assert "missing" not in scrapy.run("doctor", "--offline").stdout
    del crawled
