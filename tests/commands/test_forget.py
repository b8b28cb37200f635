"""`scrapy forget` removes an article or a name everywhere, and it does not come back."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from contextlib import closing
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from conftest import FAST, Scrapy
from loopback import Site, page

import alescrawl
from alescrawl.dataset.bad_pages import keep_bad_page
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger import Ledger
from alescrawl.dataset.verdicts import Judgement
from alescrawl.items import RawPage
from alescrawl.newsroom.server import Newsroom

SETTINGS = (*FAST, "SPIDER_MODULES=alescrawl.newsroom.spider")


class Crawled:
    def __init__(self, newsroom, output):
        self.root = newsroom.url
        self.scrapy = Scrapy(output)
        self.crawl()

    def crawl(self, *more):
        root = f"root={self.root}"
        done = self.scrapy.run("crawl", "newsroom", "-a", root, *more, settings=SETTINGS)
        assert done.returncode == 0, done.stderr

    def articles(self):
        return alescrawl.load_articles(self.scrapy.output)

    def everything(self):
        """Return all bytes below the output folder, decompressed as far as this can be had."""
        tables = [alescrawl.load_articles(self.scrapy.output).to_csv()]
        archive = sorted((self.scrapy.output / "raw").rglob("*.warc.gz"))
        return "\n".join(
            [*tables, *(gzip.open(p).read().decode("utf-8", "replace") for p in archive)]
        )


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    with Newsroom() as newsroom:
        yield Crawled(newsroom, tmp_path_factory.mktemp("forget") / "output")


def test_a_forgotten_article_is_nowhere_and_does_not_come_back(crawled):
    before = crawled.articles()
    victim = before[before["text"].notna()].iloc[0]
    done = crawled.scrapy.run("forget", victim["url"])
    assert (done.returncode, "1 rows removed" in done.stdout) == (0, True), done.stderr
    for _ in range(2):
        after = crawled.articles()
        assert set(before["article_id"]) - set(after["article_id"]) == {victim["article_id"]}
        assert victim["text"][:60] not in crawled.everything()
        files = crawled.scrapy.output.glob("ledger.sqlite*")
        assert not any(urlsplit(victim["url"]).path.encode() in f.read_bytes() for f in files)
        crawled.crawl("-a", "full=1")


def test_a_forgotten_name_is_nowhere_and_does_not_come_back(crawled):
    before = crawled.articles()
    name = before.explode("authors")["authors"].value_counts().index[0]
    held = before[before["authors"].map(lambda names: name in names)]
    assert len(held) > 1
    done = crawled.scrapy.run("forget", name)
    assert done.returncode == 0, done.stderr
    for _ in range(2):
        after = crawled.articles().set_index("article_id")
        assert len(after) == len(before)
        assert not after["authors"].map(lambda names: name in names).any()
        assert name not in crawled.everything()
        crawled.crawl("-a", "full=1")


def test_the_ledger_holds_no_trace_of_it(crawled):
    with sqlite3.connect(crawled.scrapy.output / "ledger.sqlite") as db:
        memory = db.execute("SELECT * FROM forgotten").fetchall()
    assert memory
    assert all(len(key) in {16, 64} for _, key in memory)


def test_other_words_of_a_text_stay_where_they_were(tmp_path):
    scrapy = Scrapy(tmp_path / "output")
    text = "Le maire a reçu Odile Brunel. Mme Brunel dirige l'usine que BRUNEL Odile a fondée. " * 6
    with Site() as site:
        site["/1"] = page("Une usine ouvre", text)
        scrapy.run("crawl", "urls", "-a", f"urls={site.url}/1")
        before = alescrawl.load_articles(scrapy.output).iloc[0]["text"]
        done = scrapy.run("forget", "Odile Brunel")
    after = alescrawl.load_articles(scrapy.output).iloc[0]["text"]
    assert done.returncode == 0, done.stderr
    assert "Brunel" in before
    assert "brunel" not in after.casefold()
    assert "Odile" not in after
    assert len(after) == len(before)
    assert [m for m in ("maire", "usine") if after.index(m) != before.index(m)] == []


def _keep_bad_page(scrapy, url):
    """Keep the page at *url* as that of a bad run, as a crawl does."""
    with urlopen(url) as answer:
        refused = RawPage(url, 200, [], answer.read())
    with closing(Ledger(scrapy.output / "ledger.sqlite")) as ledger:
        judgement = Judgement("broken", ["no title"])
        kept = keep_bad_page(ledger, Folder(scrapy.output), ("urls", "run"), judgement, refused)
    return kept / "page.html"


@pytest.mark.parametrize("what", ["the article", "Odile Brunel"])
def test_what_is_derived_from_the_words_goes_with_them(scrapy, site, what):
    text = "Odile Brunel dirige la mairie d'Alès et la CCI du Gard depuis mars 2025. " * 6
    site["/1"] = page("Une usine ouvre", text)
    scrapy.run("crawl", "urls", "-a", f"urls={site.url}/1")
    bad = _keep_bad_page(scrapy, f"{site.url}/1")
    assert not alescrawl.load_mentions(scrapy.output).empty
    done = scrapy.run("forget", f"{site.url}/1" if what == "the article" else what)
    assert done.returncode == 0, done.stderr
    mentions = alescrawl.load_mentions(scrapy.output)
    assert not mentions["surface"].str.contains("Brunel").any()
    assert not bad.exists()
    if what == "the article":
        assert mentions.empty
        for table in ("articles", "revisions", "mentions", "shingled", "bands", "raw", "urls"):
            assert scrapy.ledger(f"SELECT * FROM {table}") == []


def test_an_archive_that_a_user_deleted_does_not_keep_an_article_in(scrapy, site):
    site["/1"] = page("Une usine ouvre")
    scrapy.run("crawl", "urls", "-a", f"urls={site.url}/1")
    shutil.rmtree(scrapy.output / "raw")
    done = scrapy.run("forget", f"{site.url}/1")
    assert (done.returncode, "1 rows removed" in done.stdout) == (0, True), done.stderr
    assert alescrawl.load_articles(scrapy.output).empty


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("Brunel et tous les autres de la famille", "no given name with a surname"),
        ("https://courrier.example/nulle-part", "0 rows removed"),
    ],
)
def test_what_cannot_be_found_is_said(crawled, what, message):
    done = crawled.scrapy.run("forget", what)
    assert message in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_dataset_there_is_one_line(tmp_path):
    done = Scrapy(tmp_path / "none").run("forget", "https://courrier.example/1")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "there is no dataset" in done.stderr
