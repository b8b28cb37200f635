"""docs/dataset.md says what is so: its columns are the schema's, its code runs."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa
import pytest
from scrapy_command import Scrapy

from alescrawl.dataset.publication.column_docs import with_columns
from alescrawl.dataset.schema import TABLES, columns_of
from alescrawl.newsroom.server import Newsroom

DOCS = Path(__file__).parents[3] / "docs"


def _python(page):
    return re.findall(r"```python\n(.*?)```", page, re.DOTALL)


PAGE = (DOCS / "dataset.md").read_text("utf-8")
BLOCKS = _python(PAGE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("guide")
    settings = ("SPIDER_MODULES=alescrawl.newsroom.spider",)
    with Newsroom() as newsroom:
        done = Scrapy(root / "output").run(
            "crawl", "newsroom", "-a", f"root={newsroom.url}", settings=settings
        )
    assert done.returncode == 0, done.stderr
    return root


def test_every_column_is_described_as_it_is():
    assert with_columns(PAGE) == PAGE, (
        "run python -m alescrawl.dataset.publication.column_docs docs/dataset.md"
    )
    named = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    tables = ("articles", "mentions", "runs", "companies", "links", "events")
    assert named == [n for name in tables for n in columns_of(name).names]


def test_the_guide_works(folder, monkeypatch):
    monkeypatch.chdir(folder)
    names = {}
    for block in BLOCKS:
        exec(block, names)
    assert len(names["articles"]) == len(names["plain"]) == names["counted"]["articles"].sum() > 30
    assert list(names["about"]["source"].unique()) == ["newsroom"]
    assert list(names["year"].columns) == ["published", "title", "word_count"]
    assert names["per_month"].to_numpy().sum() == names["articles"]["published"].notna().sum()
    assert len(names["once"]) <= len(names["articles"])
    assert names["authors"].iloc[0] >= names["authors"].iloc[-1] > 0
    assert 0 < len(names["stated"]) < len(names["articles"])
    assert names["subheads"]
    assert names["together"].index.name == "name"
    assert names["rate"].index.name == "epci"
    assert names["by_month"].index.names == ["month", "change"]
    assert names["runs"].loc["newsroom", "new"] == len(names["articles"])
    assert 0 < len(names["table"]) == (names["articles"]["word_count"] > 100).sum()


CELLS = re.findall(
    r"```{code-cell} python\n(.*?)```",
    (DOCS / "notebooks" / "fifteen-things.md").read_text("utf-8"),
    re.DOTALL,
)


def _things(page):
    part = page.partition("## Fifteen things")[2].partition("\n## ")[0]
    return [block for block in _python(part) if 'alescrawl.load_articles("output")\n' not in block]


def test_the_notebook_has_the_fifteen_things_of_the_guide():
    told = "\n".join(CELLS)
    assert len(_things(PAGE)) == 15
    for block in _things(PAGE):
        own = block.replace('"output"', "output").replace(
            '"articles.xlsx"', 'f"{folder}/articles.xlsx"'
        )
        assert own.rstrip() in told


def test_the_notebook_works(folder):
    names = {"output": str(folder / "output"), "folder": str(folder)}
    for cell in CELLS[1:]:
        exec(cell, names)
    assert (folder / "articles.xlsx").exists()


@pytest.mark.parametrize("page", ["first-crawl.md", "when-a-source-breaks.md"])
def test_the_code_of_other_pages_works(folder, monkeypatch, page):
    monkeypatch.chdir(folder)
    blocks = _python((DOCS / page).read_text("utf-8"))
    assert blocks
    for block in blocks:
        exec(block, {})


def test_polars_and_duckdb_see_the_same_columns(folder, monkeypatch):
    duckdb, polars = pytest.importorskip("duckdb"), pytest.importorskip("polars")
    monkeypatch.chdir(folder)
    wanted = set(TABLES["articles"].names)
    scanned = polars.scan_parquet("output/articles/source=*/*.parquet", hive_partitioning=True)
    read = "read_parquet('output/articles/source=*/*.parquet', hive_partitioning = true)"
    found = duckdb.sql(f"SELECT * FROM {read}").arrow()
    assert wanted <= set(scanned.collect_schema().names())
    assert wanted <= set(pa.table(found).column_names)
