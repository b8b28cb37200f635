"""`scrapy demo` replaces a folder that it made, and nothing of anybody else's."""

import pytest

from alescrawl.dataset.errors import DatasetError
from alescrawl.newsroom.demo_folder import MARK, make_anew

LEFT = (
    *("ledger.sqlite", "ledger.sqlite-wal", "report.html", ".reported.npz", ".publishing"),
    *("articles/schema.parquet", "articles/source=newsroom/year=2026.parquet"),
    *(".watching", "feeds/watch.atom", "search.sqlite"),
    *("raw/source=newsroom/2026-12.warc.gz", ".crawling/newsroom"),
)


def _write(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def test_what_an_earlier_demo_left_is_replaced(tmp_path):
    make_anew(tmp_path / "demo")
    _write(tmp_path / "demo", *LEFT)
    make_anew(tmp_path / "demo")
    assert [path.name for path in (tmp_path / "demo").iterdir()] == [MARK]


@pytest.mark.parametrize(
    "mine",
    [
        *("notes.txt", "articles/notes.txt", "articles/source=ecomnews/year=2026.parquet"),
        *("raw/source=newsroom/keep.csv", ".crawling/other/x", "photos/a.jpg"),
    ],
)
def test_a_file_that_no_demo_writes_stays(tmp_path, mine):
    make_anew(tmp_path / "demo")
    _write(tmp_path / "demo", *LEFT, mine)
    with pytest.raises(DatasetError, match="no file of the demo"):
        make_anew(tmp_path / "demo")
    assert (tmp_path / "demo" / mine).exists()
    assert (tmp_path / "demo" / "ledger.sqlite").exists()


@pytest.mark.parametrize("names", [("thesis.odt",), LEFT], ids=["a user's", "a dataset of theirs"])
def test_a_folder_that_the_demo_did_not_make_stays(tmp_path, names):
    _write(tmp_path / "demo", *names)
    with pytest.raises(DatasetError, match="not made by the demo"):
        make_anew(tmp_path / "demo")
    assert all((tmp_path / "demo" / name).exists() for name in names)


def test_a_link_to_a_folder_is_not_followed(tmp_path):
    make_anew(tmp_path / "other")
    (tmp_path / "demo").symlink_to(tmp_path / "other")
    with pytest.raises(DatasetError, match="not made by the demo"):
        make_anew(tmp_path / "demo")
    assert (tmp_path / "other" / MARK).exists()


def test_a_file_of_that_name_stays(tmp_path):
    (tmp_path / "demo").write_text("mine")
    with pytest.raises(DatasetError, match="not made by the demo"):
        make_anew(tmp_path / "demo")
    assert (tmp_path / "demo").read_text() == "mine"


def test_the_command_says_so_in_one_line(scrapy):
    (scrapy.output / "demo").mkdir(parents=True)
    (scrapy.output / "demo" / "thesis.odt").write_text("mine")
    done = scrapy.run("demo")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "scrapy demo: " in done.stderr
    assert (scrapy.output / "demo" / "thesis.odt").read_text() == "mine"
