"""`scrapy forget` removes an article or a name everywhere, and it does not come back."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from contextlib import closing
from urllib.parse import urlsplit
from urllib.request import urlopen

import pandas as pd
import pytest
from loopback import Site, page, sitemap
from scrapy_command import FAST, Scrapy
from stored import everything_stored

import alescrawl
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.gate.bad_pages import keep_bad_page
from alescrawl.dataset.gate.verdicts import Judgement
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.locks import SourceLock
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
    assert (done.returncode, "1 row removed" in done.stdout) == (0, True), done.stderr
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
    assert (done.returncode, "1 row removed" in done.stdout) == (0, True), done.stderr
    assert alescrawl.load_articles(scrapy.output).empty


FEED = (
    '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{}</channel></rss>',
    "<item><title>{}</title><link>{{root}}{}</link><dc:creator>{}</dc:creator></item>",
)
PAGE_OF_OTHERS = (
    '<meta name="author" content="Odile Brunel"><script>{"par": "Odile Brunel"}</script>',
    '<p class="related">À lire : le portrait d&#39;<b>Odile</b> Brunel</p>',
    '<script>{"par": "\\u004fdile Brunel"}</script>',
)


def test_no_byte_of_the_folder_holds_a_forgotten_name(scrapy, site):
    site["/feed.xml"] = FEED[0].format(
        "".join(FEED[1].format(f"Article {n}", f"/a{n}", "Odile Brunel") for n in range(5))
    )
    for n, head in enumerate(PAGE_OF_OTHERS):
        site[f"/a{n}"] = page(f"Article {n}", "Une usine ouvre à Alès. " * 9, head=head)
    text = "Odile Brunel dirige l'usine. Mme Brunel en est contente. " * 9
    site["/a3"] = page("Article 3", text)
    scrapy.crawl(site, "route=/feed.xml")
    site["/a3"] = page("Article 3", text + "Elle embauche.")
    scrapy.crawl(site, "route=/feed.xml", "full=1")
    with closing(sqlite3.connect(scrapy.output / "ledger.sqlite")) as db, db:
        db.execute("UPDATE sources SET held = 'degraded'")
    assert scrapy.ledger("SELECT count(*) FROM revisions") == [(1,)]
    (scrapy.output / "report.html").write_text("Odile Brunel", "utf-8")
    assert "Brunel" in everything_stored(scrapy.output)
    done = scrapy.run("forget", "Odile Brunel")
    assert done.returncode == 0, done.stderr
    stored = everything_stored(scrapy.output).replace("\\u004f", "O")
    assert "Brunel" not in stored
    assert scrapy.ledger("SELECT held FROM sources") == [("degraded",)]
    scrapy.crawl(site, "route=/feed.xml", "full=1")
    assert "Brunel" not in everything_stored(scrapy.output).replace("\\u004f", "O")


def test_no_byte_of_the_folder_holds_a_forgotten_article(scrapy, site):
    site["/feed.xml"] = FEED[0].format(
        "".join(FEED[1].format(f"Chaudron {n}", f"/a{n}", "Ada Brun") for n in range(2))
    )
    site["/a0"] = page("Chaudron 0", "Quarante ouvriers façonnent la tôle de Sarvan. " * 9)
    scrapy.crawl(site, "route=/feed.xml")
    assert "Chaudron 1" in everything_stored(scrapy.output), "listed, and not found"
    for n in range(2):
        assert scrapy.run("forget", f"{site.url}/a{n}").returncode == 0
    for _ in range(2):
        stored = everything_stored(scrapy.output)
        found = [w for w in ("Chaudron", "façonnent", "Ada Brun", "/a0", "/a1") if w in stored]
        assert found == []
        scrapy.crawl(site, "route=/feed.xml", "full=1")


def test_what_waits_of_another_article_goes_on_waiting(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = page("Une usine ouvre", published="2025-03-03T08:00:00+01:00")
    scrapy.crawl(site)
    site["/sitemap.xml"] = sitemap("/a1", "/a2")
    site["/a2"] = page("Une halle ferme", published="2025-04-03T08:00:00+01:00")
    scrapy.crawl(site)
    _hold(scrapy, "'broken'")
    site["/sitemap.xml"] = sitemap("/a1", "/a2", "/a3")
    site["/a2"] = page("Une halle ferme, puis ouvre", published="2025-04-03T08:00:00+01:00")
    site["/a3"] = page("Un marché s'étend", published="2025-05-03T08:00:00+01:00")
    scrapy.crawl(site, "full=1")
    before = alescrawl.load_articles(scrapy.output).set_index("title")
    assert sorted(before.index) == ["Une halle ferme", "Une usine ouvre"]
    assert scrapy.run("forget", f"{site.url}/a1").returncode == 0
    after = alescrawl.load_articles(scrapy.output).set_index("title")
    pd.testing.assert_frame_equal(after, before.loc[["Une halle ferme"]])
    assert "Une usine ouvre" not in everything_stored(scrapy.output)
    assert scrapy.ledger("SELECT * FROM removed") == []
    _hold(scrapy, "NULL")
    scrapy.run("publish")
    titles = {"Une halle ferme, puis ouvre", "Un marché s'étend"}
    assert set(alescrawl.load_articles(scrapy.output).title) == titles


def test_a_name_that_only_older_published_rows_hold_goes_too(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    signed = '<meta name="author" content="Odile Brunel">'
    site["/a1"] = page("Une usine ouvre", head=signed)
    scrapy.crawl(site)
    assert list(alescrawl.load_articles(scrapy.output).authors[0]) == ["Odile Brunel"]
    _hold(scrapy, "'broken'")
    site["/a1"] = page("Une usine ouvre")
    scrapy.crawl(site, "full=1")
    assert list(alescrawl.load_articles(scrapy.output).authors[0]) == ["Odile Brunel"]
    assert scrapy.run("forget", "Odile Brunel").returncode == 0
    assert list(alescrawl.load_articles(scrapy.output).authors[0]) == []
    assert "Brunel" not in everything_stored(scrapy.output)


def _hold(scrapy, verdict):
    """Let the rows wait as those of a reprocess do, or no longer."""
    with closing(sqlite3.connect(scrapy.output / "ledger.sqlite")) as db, db:
        db.execute(f"UPDATE sources SET reprocess_held = {verdict}")


def test_a_crawl_that_is_running_is_waited_for(scrapy, site):
    site["/1"] = page("Une usine ouvre")
    scrapy.run("crawl", "urls", "-a", f"urls={site.url}/1")
    lock = SourceLock(Folder(scrapy.output), "urls")
    done = scrapy.run("forget", f"{site.url}/1")
    lock.release()
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("scrapy forget: urls is being crawled into ")
    assert len(alescrawl.load_articles(scrapy.output)) == 1


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("Brunel et tous les autres de la famille", "no given name with a surname"),
        ("https://courrier.example/nulle-part", "0 rows removed, none is here"),
        ("0123456789abcdef", "0 rows removed, none is here"),
        ("Dumazert", "no address (https://…), no article_id"),
        ("0123456789abcdeg", "no address (https://…), no article_id"),
        ("courrier.example/1", "no address (https://…), no article_id"),
        ("https://", "no address (https://…), no article_id"),
    ],
)
def test_what_cannot_be_found_is_said(crawled, what, message):
    done = crawled.scrapy.run("forget", what)
    assert message in done.stdout + done.stderr
    assert done.returncode == (0 if "0 rows" in message else 1)
    assert "Traceback" not in done.stderr


def test_without_a_dataset_there_is_one_line(tmp_path):
    done = Scrapy(tmp_path / "none").run("forget", "https://courrier.example/1")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "there is no dataset" in done.stderr
