"""`scrapy export --excel|--csv|--jsonl` and `-O x.csv`: tables that other tools open."""

from __future__ import annotations

import json
import shutil
import subprocess

import pandas as pd
import pytest
from collected import FILATURE, MARCHE, article, collect
from loopback import page, sitemap

EVIL = article(6, "=cmd|' /C calc'!A0", "Une usine ouvre à Alès. " + "Texte. " * 6_000)
NOT_FOR_PEOPLE = {"provenance", "paragraphs", "content_hash", "extractor_version", "published_raw"}


@pytest.fixture
def dataset(scrapy):
    collect(scrapy.output, FILATURE, MARCHE, EVIL)
    return scrapy


def test_a_workbook_has_a_sheet_for_each_table_and_one_that_explains(dataset, tmp_path):
    path = tmp_path / "gard.xlsx"
    done = dataset.run("export", "--excel", str(path))
    assert (done.returncode, "3 articles" in done.stdout) == (0, True), done.stderr
    sheets = pd.read_excel(path, sheet_name=None)
    assert list(sheets) == ["articles", "mentions", "jobs", "amounts", "columns"]
    articles = sheets["articles"]
    assert not NOT_FOR_PEOPLE & set(articles.columns)
    assert articles["published"].tolist()[0] == pd.Timestamp("2026-11-20 06:06")
    assert articles.loc[0, "title"] == "'=cmd|' /C calc'!A0"
    assert len(articles.loc[0, "text"]) == 32_767
    assert articles.loc[2, "topics"].startswith("industry") or ";" in articles.loc[2, "topics"]
    told = sheets["columns"]
    assert told["meaning"].notna().all()
    assert len(told) == sum(len(f.columns) for n, f in sheets.items() if n != "columns")


def test_persons_are_left_out_unless_asked_for(dataset, tmp_path):
    dataset.run("export", "--excel", str(tmp_path / "a.xlsx"))
    dataset.run("export", "--excel", str(tmp_path / "b.xlsx"), "--persons")
    without, with_them = (pd.read_excel(tmp_path / f"{n}.xlsx", sheet_name=None) for n in "ab")
    assert "Vasserot" not in without["articles"].to_csv()
    assert with_them["articles"]["authors"].tolist()[0] == "Claire Vasserot"


@pytest.mark.parametrize("options", [[], ["--semicolon"]])
def test_csv_is_one_that_excel_and_pandas_read(dataset, tmp_path, options):
    done = dataset.run("export", "--csv", str(tmp_path / "csv"), *options)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "csv" / "articles.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    read = pd.read_csv(tmp_path / "csv" / "articles.csv", sep=";" if options else ",")
    assert read["published"].tolist()[0] == "2026-11-20 06:06:00"
    assert read["title"].tolist()[0].startswith("'=")
    assert (tmp_path / "csv" / "jobs.csv").exists()


def test_jsonl_keeps_lists_and_zones(dataset, tmp_path):
    dataset.run("export", "--jsonl", str(tmp_path / "json"), "--since", "2026-11-20", "--persons")
    lines = (tmp_path / "json" / "articles.jsonl").read_text("utf-8").splitlines()
    row = json.loads(lines[-1])
    assert (row["authors"], row["published"]) == (["Claire Vasserot"], "2026-11-20T05:01:00+00:00")


def test_what_cannot_be_written_is_a_line(dataset, tmp_path):
    for words in (["--excel", "/dev/null/x.xlsx"], ["--csv", str(tmp_path), "--since", "hier"]):
        done = dataset.run("export", *words)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert dataset.run("export", "--csv", "a", "--excel", "b").returncode == 2


def test_a_run_as_csv_is_for_people(scrapy, site, tmp_path):
    site["/a1"] = page("=2+5 Une usine ouvre", published="2026-03-02T08:00:00Z")
    site["/sitemap.xml"] = sitemap("/a1")
    path = tmp_path / "x.csv"
    scrapy.run(
        *("crawl", "tested", "-a", f"root={site.url}", "-a", "since=2000-01-01", "-O", str(path)),
        settings=("DOWNLOAD_DELAY=0", "SPIDER_MODULES=sources.tested"),
    )
    read = pd.read_csv(path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert not NOT_FOR_PEOPLE & set(read.columns)
    row = read.iloc[0]
    assert (row["title"], row["published"]) == ("'=2+5 Une usine ouvre", "2026-03-02 09:00:00")
    assert not [value for value in row if isinstance(value, str) and value.startswith(("[", "{"))]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook(dataset, tmp_path):
    dataset.run("export", "--excel", str(tmp_path / "gard.xlsx"))
    words = ["soffice", "--headless", "--convert-to", "csv", "--outdir", str(tmp_path)]
    subprocess.run([*words, str(tmp_path / "gard.xlsx")], check=True, timeout=120)
    assert "'=cmd" in (tmp_path / "gard.csv").read_text("utf-8")
