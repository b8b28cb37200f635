"""`scrapy export --facts` writes what may be published: no publisher's words, no persons."""

from __future__ import annotations

import pandas as pd
import pyarrow.parquet as pq
from loopback import Site, page

import alescrawl
from alescrawl.dataset import schema

WORDS = "Le maire a reçu Odile Brunel dans le nouvel atelier de Sarvan. " * 5
HEAD = '<meta name="author" content="Jeanne Molard">'


def test_the_edition_has_the_facts_of_every_row_and_no_words(scrapy, tmp_path):
    with Site() as site:
        site["/1"] = page("Une usine ouvre", WORDS, head=HEAD, published="2026-03-02T08:00:00Z")
        scrapy.run("crawl", "urls", "-a", f"urls={site.url}/1")
    whole = alescrawl.load_articles(scrapy.output)
    assert whole.loc[0, "authors"] == ["Jeanne Molard"]
    edition = tmp_path / "edition"
    done = scrapy.run("export", "--facts", str(edition))
    assert (done.returncode, "1 articles" in done.stdout) == (0, True), done.stderr
    facts = pd.read_parquet(edition / "articles")
    assert facts.loc[0, "article_id"] == whole.loc[0, "article_id"]
    assert facts.loc[0, "word_count"] == whole.loc[0, "word_count"] > 0
    told = facts.to_csv() + pd.read_parquet(edition / "mentions").to_csv()
    assert not [word for word in ("maire", "Brunel", "Molard", "usine ouvre") if word in told]
    newer = schema.ARTICLES.with_metadata({schema.VERSION_KEY: b"99"})
    pq.write_table(newer.empty_table(), scrapy.output / "articles" / "schema.parquet")
    done = scrapy.run("export", "--facts", str(tmp_path / "other"))
    assert (done.returncode, "upgrade alescrawl" in done.stderr) == (1, True)
    again = scrapy.run("export", "--facts", str(edition))
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)


def test_what_is_missing_is_said_in_one_line(scrapy, tmp_path):
    done = scrapy.run("export", "--facts", str(tmp_path / "edition"))
    assert (done.returncode, "there is no dataset" in done.stderr) == (1, True)
    assert scrapy.run("export").returncode == 2
