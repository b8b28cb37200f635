"""One file that two crawls write with `-O`: the second is told, and the first's rows stay."""

from __future__ import annotations

import json
import subprocess
import time

import pytest
from loopback import Answer, page, sitemap
from scrapy_command import FAST, ROOT

SETTINGS = (*FAST, "SPIDER_MODULES=sources.tested")


@pytest.mark.long
@pytest.mark.parametrize("form", ["json", "parquet"])
def test_the_second_is_told(scrapy, site, tmp_path, form):
    site["/sitemap.xml"] = sitemap("/a1", "/a2")
    site["/a1"] = page("Une scierie embauche", published="2026-03-02T08:00:00Z")
    site["/a2"] = Answer(page("Un moulin rouvre", published="2026-03-02T08:00:00Z"), delay=8)
    target = tmp_path / f"rows.{form}"
    words = ("crawl", "tested", "-a", f"root={site.url}", "-a", "since=2000-01-01", "-O")
    first = subprocess.Popen(
        scrapy.command(*words, str(target), settings=SETTINGS),
        env=scrapy.environment(),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not (tmp_path / f".rows.{form}.lock").exists():
        time.sleep(0.05)
        assert first.poll() is None
    other = ("ALESCRAWL_OUTPUT=" + str(tmp_path / "other"), *SETTINGS)
    second = scrapy.run(*words, str(target), settings=other)
    assert second.returncode == 2
    assert second.stderr.count("\n") == 1
    assert f"{target} is being written by another process" in second.stderr
    assert first.wait(60) == 0
    if form == "json":
        assert len(json.loads(target.read_text("utf-8"))) == 2
    assert not (tmp_path / f".rows.{form}.lock").exists()
    third = scrapy.run(*words, str(target), settings=SETTINGS)
    assert third.returncode == 0, third.stderr
