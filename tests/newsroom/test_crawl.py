"""The whole way on the invented newsroom: every article once, every value right."""

from urllib.parse import urlsplit

import pandas as pd
import pytest
from scrapy_command import Scrapy
from warcio.archiveiterator import ArchiveIterator

import alescrawl
from alescrawl.newsroom.server import Newsroom
from alescrawl.text.normalise import normalise

WITH_A_ROW = {"article", "paywalled", "reserved", "gone"}
WITHOUT_A_ROW = {"duplicate", "disallowed", "missing", "other"}


class Crawled:
    """A newsroom and what two days of crawling it gave."""

    def __init__(self, newsroom, scrapy):
        self.output = scrapy.output
        self.truths = [newsroom.truth(), None]
        self.runs = [self._crawl(newsroom, scrapy)]
        self.first = alescrawl.load_articles(scrapy.output)
        self.asked_first = len(newsroom.requests)
        newsroom.next_day()
        self.runs.append(self._crawl(newsroom, scrapy))
        self.second = alescrawl.load_articles(scrapy.output)
        self.truths[1] = newsroom.truth()
        self.asked_again = newsroom.requests[self.asked_first :]
        self.revisions = pd.read_parquet(scrapy.output / "revisions")

    @staticmethod
    def _crawl(newsroom, scrapy):
        settings = ("SPIDER_MODULES=alescrawl.newsroom.spider", "RETRY_TIMES=0")
        done = scrapy.run("crawl", "newsroom", "-a", f"root={newsroom.url}", settings=settings)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    with Newsroom() as newsroom:
        yield Crawled(newsroom, Scrapy(tmp_path_factory.mktemp("newsroom") / "output"))


def _by_path(articles):
    return {urlsplit(row["url"]).path: row for row in articles.to_dict("records")}


def test_every_article_has_one_row_and_nothing_else_has(crawled):
    rows = _by_path(crawled.first)
    expected = {t.path for t in crawled.truths[0] if t.kind in WITH_A_ROW}
    assert set(rows) == expected
    assert len(rows) == len(crawled.first)


def test_titles_are_right(crawled):
    rows = _by_path(crawled.first)
    wrong = [
        (t.title, rows[t.path]["title"])
        for t in crawled.truths[0]
        if t.path in rows and normalise(rows[t.path]["title"]) != t.title
    ]
    assert wrong == []


def test_authors_and_agencies_are_right(crawled):
    rows = _by_path(crawled.first)
    wrong = [
        (t.path, t.authors, t.agencies, rows[t.path]["authors"], rows[t.path]["agencies"])
        for t in crawled.truths[0]
        if t.path in rows
        and (rows[t.path]["authors"], rows[t.path]["agencies"]) != (t.authors, t.agencies)
    ]
    assert wrong == []


def test_dates_are_right_to_the_second_and_absent_where_the_page_has_none(crawled):
    rows = _by_path(crawled.first)
    wrong = []
    for truth in crawled.truths[0]:
        if truth.path in rows:
            found = rows[truth.path]["published"]
            found = None if pd.isna(found) else found.to_pydatetime()
            if found != truth.published:
                wrong.append((truth.path, truth.published, found))
    assert wrong == []


def test_texts_are_right_to_the_letter(crawled):
    rows = _by_path(crawled.first)
    wrong = [
        (t.path, t.text, rows[t.path]["text"])
        for t in crawled.truths[0]
        if t.path in rows and t.text and rows[t.path]["text"] != t.text
    ]
    assert wrong == []


def test_a_reserved_article_has_a_row_and_no_text(crawled):
    rows = _by_path(crawled.first)
    reserved = [rows[t.path] for t in crawled.truths[0] if t.kind == "reserved"]
    assert len(reserved) >= 2
    for row in reserved:
        assert row["title"]
        assert pd.isna(row["text"])
        assert row["rights_signals"]


def test_every_page_is_kept_as_it_came_but_the_reserved(crawled):
    kept = set()
    for path in (crawled.output / "raw").glob("source=*/*.warc.gz"):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                kept.add(urlsplit(record.rec_headers["WARC-Target-URI"]).path)
                assert b"<" in record.content_stream().read()
    kinds = {t.path: t.kind for t in (*crawled.truths[0], *crawled.truths[1])}
    assert {p for p, kind in kinds.items() if kind in {"article", "paywalled"}} <= kept
    assert not {p for p, kind in kinds.items() if kind in {"reserved", "disallowed"}} & kept


def test_the_second_day_is_noticed_and_nothing_unchanged_is_sent_again(crawled):
    first, second = _by_path(crawled.first), _by_path(crawled.second)
    changed = [path for path, row in second.items() if row["revision"] == 2]
    assert len(changed) == len(crawled.revisions) == 1
    assert len(set(second) - set(first)) == 2
    assert set(first) <= set(second), "an article that is gone keeps its row"
    sent = [r.path for r in crawled.asked_again if r.status == 200]
    articles = [p for p in sent if p.split("?")[0] in second]
    assert {p.split("?")[0] for p in articles} == {*changed, *(set(second) - set(first))}
