"""`scrapy backfill --from warc:`: captures become rows and revisions, in order of time."""

import pandas as pd
import pytest
from captures import HOST, allow, chunked, gzipped, record, write_warc
from loopback import page
from scrapy_command import FAST

import alescrawl

SETTINGS = (*FAST, "SPIDER_MODULES=sources.captured", "ALESCRAWL_ARCHIVE_DELAY=0")
A = f"http://{HOST}/2015/03/une-halle-ouvre"
TWIN = f"https://{HOST}/2015/03/une-halle-ouvre"


def text(words):
    return f"{words} à Alès, dit le conseil municipal inventé de la ville, dans le Gard."


def shown(title, words, day="2015-03-02"):
    return page(title, text(words), published=f"{day}T08:00:00+01:00")


FIRST = shown("Une halle ouvre", "La halle ouvre avec douze étals")
SECOND = shown("Une halle ouvre", "La halle a ouvert avec quinze étals et un café")
THIRD = shown("Une halle ouvre", "La halle, ouverte, compte vingt étals et deux cafés neufs")


def fill(scrapy, path, *words, more=()):
    return scrapy.run(
        "backfill", "captured", "--from", f"warc:{path}", *words, settings=(*SETTINGS, *more)
    )


def rows(scrapy):
    return alescrawl.load_articles(scrapy.output).sort_values("url", ignore_index=True)


@pytest.fixture
def allowed(scrapy):
    allow(scrapy)
    return scrapy


def test_captures_become_revisions_in_order_of_time(allowed, tmp_path):
    body, headers = gzipped(SECOND)
    path = write_warc(
        tmp_path / "a.warc.gz",
        record(A, "2016-05-01", THIRD),
        record(A, "2015-03-02", FIRST),
        record(TWIN, "2015-06-01", body, headers=headers),
        record(A, "2015-04-01", FIRST),
    )
    done = fill(allowed, path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    (row,) = rows(allowed).itertuples()
    assert (row.revision, row.archive) == (3, "a.warc.gz")
    assert "vingt étals" in row.text
    assert row.fetched_at == row.captured_at == pd.Timestamp("2016-05-01T12:00Z")
    assert row.first_seen == pd.Timestamp("2015-03-02T12:00Z")
    assert row.only_archived
    assert row.provenance["captured_at"] == "archive"
    older = pd.read_parquet(allowed.output / "revisions").sort_values("revision")
    assert list(older.revision) == [1, 2]
    assert [*older.captured_at.dt.strftime("%Y-%m-%d")] == ["2015-03-02", "2015-06-01"]


def test_the_same_command_again_does_nothing(allowed, tmp_path):
    path = write_warc(tmp_path / "a.warc.gz", record(A, "2015-03-02", FIRST))
    fill(allowed, path)
    before = allowed.ledger("SELECT * FROM articles"), allowed.ledger("SELECT count(*) FROM runs")
    again = fill(allowed, path)
    assert again.stdout == "captured: nothing that is not read already\n"
    assert before == (
        allowed.ledger("SELECT * FROM articles"),
        allowed.ledger("SELECT count(*) FROM runs"),
    )
