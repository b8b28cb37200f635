"""`scrapy crawl NAME -O file.parquet`: the ordinary Scrapy way."""

import subprocess
import time

import pandas as pd
from loopback import Answer, page, sitemap

from alescrawl.dataset import schema


def test_a_file_has_the_columns_of_the_dataset(scrapy, site, tmp_path):
    site["/sitemap.xml"] = sitemap("/a1", "/a2")
    site["/a1"], site["/a2"] = page("Un"), page("Deux")
    scrapy.crawl(site, more=(f'FEEDS={{"{tmp_path}/x.parquet": {{"format": "parquet"}}}}',))
    frame = pd.read_parquet(tmp_path / "x.parquet")
    assert list(frame.columns) == schema.ARTICLES.names
    assert set(frame.title) == {"Un", "Deux"}
    assert frame.source.astype(str).unique().tolist() == ["tested"]


def test_the_option_writes_parquet_and_the_chosen_columns(scrapy, site, tmp_path):
    site["/a1"] = page("Un")
    named = ("-a", f"urls={site.url}/a1", "-O", str(tmp_path / "x.parquet"))
    settings = ("DOWNLOAD_DELAY=0", "FEED_EXPORT_FIELDS=title,word_count")
    assert scrapy.run("crawl", "urls", *named, settings=settings).returncode == 0
    frame = pd.read_parquet(tmp_path / "x.parquet")
    assert list(frame.columns) == ["title", "word_count"]
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["x.parquet"]


def test_a_killed_crawl_leaves_the_file_that_was_there(scrapy, site, tmp_path):
    old = tmp_path / "x.parquet"
    pd.DataFrame({"kept": [1]}).to_parquet(old)
    site["/sitemap.xml"] = sitemap("/a1", "/a2")
    site["/a1"], site["/a2"] = page("Un"), Answer(page("Deux"), delay=30)
    words = ("crawl", "urls", "-a", f"urls={site.url}/a1,{site.url}/a2", "-O", str(old))
    crawl = subprocess.Popen(scrapy.command(*words), cwd=tmp_path.cwd(), env=scrapy.environment())
    deadline = time.monotonic() + 30
    while "/a2" not in site.article_paths() and time.monotonic() < deadline:
        time.sleep(0.05)
    crawl.kill()
    crawl.wait()
    assert list(pd.read_parquet(old).columns) == ["kept"]


def test_a_parquet_file_cannot_be_appended_to(scrapy, site, tmp_path):
    site["/a1"] = page("Un")
    named = ("-a", f"urls={site.url}/a1", "-o", str(tmp_path / "x.parquet"))
    assert scrapy.run("crawl", "urls", *named).returncode == 0
    done = scrapy.run("crawl", "urls", *named)
    (line,) = done.stderr.strip().splitlines()
    assert "use -O" in line
    assert done.returncode != 0
    assert len(pd.read_parquet(tmp_path / "x.parquet")) == 1


def test_json_lines_still_work(scrapy, site, tmp_path):
    site["/a1"] = page("Un")
    named = ("-a", f"urls={site.url}/a1", "-O", str(tmp_path / "x.jsonl"))
    assert scrapy.run("crawl", "urls", *named).returncode == 0
    assert pd.read_json(tmp_path / "x.jsonl", lines=True).title.tolist() == ["Un"]


def test_a_file_that_cannot_be_written_is_named_before_anything_runs(scrapy, site):
    site["/a1"] = page("Un")
    done = scrapy.run("crawl", "urls", "-a", f"urls={site.url}/a1", "-O", "/etc/passwd/x.parquet")
    (line,) = done.stderr.strip().splitlines()
    assert "/etc/passwd/x.parquet" in line
    assert done.returncode != 0
    assert site.asked == []


def test_an_article_on_two_pages_is_in_the_file_once(scrapy, site, tmp_path):
    link = '<link rel="canonical" href="{root}/a1">'
    site["/a1"], site["/a1b"] = page("Un", head=link), page("Un", head=link)
    named = ("-a", f"urls={site.url}/a1,{site.url}/a1b", "-O", str(tmp_path / "x.parquet"))
    scrapy.run("crawl", "urls", *named)
    assert len(pd.read_parquet(tmp_path / "x.parquet")) == 1
