"""Reading the dataset: always possible, typed, and only what was asked for."""

import subprocess
import time

import pandas as pd
import pytest
from loopback import Answer, Site, page, sitemap
from scrapy_command import FAST, ROOT, Scrapy

import alescrawl
from alescrawl.dataset import schema


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    """A dataset of two sources, made by real crawls."""
    scrapy = Scrapy(tmp_path_factory.mktemp("reading") / "output")
    with Site() as site:
        site["/sitemap.xml"] = sitemap("/a1", "/a2", "/a3")
        site["/a1"] = page("Ancien", published="2012-12-31T23:30:00Z")
        site["/a2"] = page("Nouveau", published="2026-03-03T06:45:00Z")
        site["/a3"] = page("Sans date")
        site["/a4"] = page("Nommé", published="2026-03-03T06:45:00Z")
        assert scrapy.crawl(site).returncode == 0
        scrapy.run("crawl", "urls", "-a", f"urls={site.url}/a4")
    return scrapy.output


def _titles(articles):
    return set(articles.title)


def test_pandas_reads_all_tables(dataset):
    assert len(pd.read_parquet(dataset / "articles")) == 4
    assert len(pd.read_parquet(dataset / "runs")) == 2
    assert pd.read_parquet(dataset / "mentions").empty
    assert pd.read_parquet(dataset / "revisions").empty


def test_the_columns_are_those_of_the_schema(dataset):
    assert list(pd.read_parquet(dataset / "articles").columns) == schema.ARTICLES.names
    assert list(alescrawl.load_articles(dataset).columns) == schema.ARTICLES.names
    assert list(alescrawl.load_mentions(dataset).columns) == schema.MENTIONS.names
    assert list(alescrawl.load_runs(dataset).columns) == schema.RUNS.names


def test_a_period_includes_its_beginning_and_not_its_end(dataset):
    assert _titles(alescrawl.load_articles(dataset, since="2013-01-01", until="2013-01-02")) == {
        "Ancien"
    }
    assert _titles(
        alescrawl.load_articles(dataset, since=pd.Timestamp("2026-03-03T06:45:00Z"))
    ) == {"Nouveau", "Nommé"}


def test_a_source_or_several_are_chosen(dataset):
    assert _titles(alescrawl.load_articles(dataset, source="urls")) == {"Nommé"}
    assert len(alescrawl.load_articles(dataset, source=["urls", "tested"])) == 4
    assert alescrawl.load_articles(dataset, source="nobody").empty


def test_columns_are_chosen_and_a_wrong_name_is_answered_with_those_there_are(dataset):
    articles = alescrawl.load_articles(dataset, columns=["title", "word_count"])
    assert list(articles.columns) == ["title", "word_count"]
    with pytest.raises(alescrawl.DatasetError, match=r"no column titel.*there are: article_id"):
        alescrawl.load_articles(dataset, columns=["titel"])


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"since": "hier"}, "'hier' is no date"),
        ({"until": ""}, "'' is no date"),
        ({"until": object}, "is no date"),
        ({"source": []}, "names no source"),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_line(dataset, wrong, told):
    with pytest.raises(alescrawl.DatasetError, match=told) as caught:
        alescrawl.load_articles(dataset, **wrong)
    assert "\n" not in str(caught.value)


def test_columns_are_typed(dataset):
    articles = alescrawl.load_articles(dataset).set_index("title")
    assert str(articles.published.dtype) == "datetime64[us, UTC]"
    assert str(articles.is_gard.dtype) == "boolean"
    assert str(articles.word_count.dtype) == "Int32"
    assert articles.source.tolist().count("tested") == 3
    assert articles.loc["Nouveau"].authors == []
    assert articles.loc["Nouveau"].provenance["title"]
    assert pd.isna(articles.loc["Sans date"].published)
    assert {p["kind"] for p in articles.loc["Nouveau"].paragraphs} <= {"lead", "paragraph"}


def test_a_year_is_a_file(dataset):
    files = {f.relative_to(dataset).as_posix() for f in dataset.rglob("year=*.parquet")}
    assert "articles/source=tested/year=2013.parquet" in files
    assert "articles/source=tested/year=undated.parquet" in files
    one = pd.read_parquet(dataset / "articles/source=tested/year=2013.parquet")
    assert one.source.astype(str).tolist() == ["tested"]


def test_no_folder_is_said_in_one_line(tmp_path):
    with pytest.raises(alescrawl.DatasetError, match="scrapy crawl NAME"):
        alescrawl.load_articles(tmp_path / "nowhere")


def test_an_empty_folder_holds_no_dataset(tmp_path):
    for load in (alescrawl.load_articles, alescrawl.load_mentions, alescrawl.load_runs):
        with pytest.raises(alescrawl.DatasetError, match="there is no dataset in"):
            load(tmp_path)
    (tmp_path / "note.txt").write_text("x")
    (tmp_path / "raw").mkdir()
    with pytest.raises(alescrawl.DatasetError, match="there is no dataset in"):
        alescrawl.load_articles(tmp_path)


def test_the_tables_can_be_read_while_the_first_crawl_runs(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1", "/a2")
    site["/a1"], site["/a2"] = page("Un"), Answer(page("Deux"), delay=30)
    words = ("crawl", "tested", "-a", f"root={site.url}", "-a", "since=2000-01-01")
    settings = (*FAST[:2], "SPIDER_MODULES=sources.tested")
    crawl = subprocess.Popen(
        scrapy.command(*words, settings=settings), cwd=ROOT, env=scrapy.environment()
    )
    try:
        deadline = time.monotonic() + 60
        while "/a2" not in site.article_paths() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert crawl.poll() is None, "it still runs"
        assert pd.read_parquet(scrapy.output / "articles").empty
        assert alescrawl.load_articles(scrapy.output).empty
    finally:
        crawl.kill()
        crawl.wait()
