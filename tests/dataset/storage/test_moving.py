"""An article whose year changes is never missing from the table, nor twice in what is loaded."""

import shutil

from loopback import page, sitemap

import alescrawl
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.ledger.partitions import mark_changed
from alescrawl.dataset.publication import publish as publication
from alescrawl.dataset.storage import parquet
from alescrawl.dataset.tables import ARTICLES


def test_what_loses_a_row_is_written_last(tmp_path, monkeypatch):
    ledger = Ledger(tmp_path / "ledger.sqlite")
    with ledger.transaction() as db:
        mark_changed(db, ARTICLES, "s", "year=2024", loses=True)
        mark_changed(db, ARTICLES, "s", "year=2025")
    written = []
    monkeypatch.setattr(parquet, "write_rows", lambda *given: written.append(given[3]))
    publication.publish(ledger, Folder(tmp_path))
    assert [key.rpartition("/")[2] for key in written[-2:]] == [
        "year=2025.parquet",
        "year=2024.parquet",
    ]


def test_between_the_two_writes_the_newer_row_is_loaded(scrapy, site):
    for day, year in enumerate(("2026", "2025"), 1):
        site["/sitemap.xml"] = sitemap(("/a1", f"2026-02-0{day}T10:00:00Z"))
        site["/a1"] = page("Une usine ouvre", published=f"{year}-01-05T10:00:00Z")
        scrapy.crawl(site)
        if day == 1:
            shutil.copytree(scrapy.output / "articles", scrapy.output / "before")
    (row,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert row.published.year == 2025
    assert scrapy.ledger("SELECT sum(loses) FROM parts") == [(0,)]
    old = scrapy.output / "before" / "source=tested" / "year=2026.parquet"
    shutil.copy(old, scrapy.output / "articles" / "source=tested")
    (row,) = alescrawl.load_articles(scrapy.output, columns=["published"]).itertuples()
    assert row.published.year == 2025, "as a reader finds it between the two writes"
