"""`scrapy history`: what an article said before, and what changed."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import page, sitemap

import alescrawl
from alescrawl.dataset.reading.history import history_lines, revisions
from alescrawl.text.word_diff import word_diff

FIRST = "Trente emplois sont créés dans la vallée.\nLe maire se réjouit."
SECOND = FIRST.replace("Trente", "Quarante")


@pytest.fixture
def crawled(scrapy, site):
    """An article that was changed, then changed back."""
    states = [("Une usine ouvre", FIRST), ("Une usine ouvrira", SECOND), ("Une usine ouvre", FIRST)]
    for day, (title, text) in enumerate(states, 1):
        site["/sitemap.xml"] = sitemap(("/a1", f"2026-01-0{day}T10:00:00Z"))
        site["/a1"] = page(title, text)
        scrapy.crawl(site)
    return scrapy


def test_the_history_shows_what_changed_word_by_word_and_what_was_taken_back(crawled, site):
    done = crawled.run("history", f"{site.url}/a1?utm_source=x")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("revision")] == ["1", "2", "3"]
    assert "  title        Une usine [-ouvre-] {+ouvrira+}" in lines
    assert any("[-Trente-] {+Quarante+} emplois sont créés" in line for line in lines)
    assert any("[-Quarante-] {+Trente+} emplois sont créés" in line for line in lines)


def test_every_revision_is_published_whole(crawled, site):
    rows = revisions(crawled.output, f"{site.url}/a1")
    assert [row["revision"] for row in rows] == [1, 2, 3]
    assert [row["text"].split()[0] for row in rows] == ["Trente", "Quarante", "Trente"]
    assert rows[0]["content_hash"] == rows[2]["content_hash"] != rows[1]["content_hash"]
    assert len({row["fetched_at"] for row in rows}) > 1
    assert all(row["paragraphs"] and row["title"] and row["first_seen"] for row in rows)


def test_an_article_is_found_by_its_id_and_without_the_ledger(crawled):
    (ledger,) = crawled.output.glob("ledger.sqlite")
    ledger.unlink()
    (article,) = alescrawl.load_articles(crawled.output).itertuples()
    done = crawled.run("history", article.article_id)
    assert "revision 3" in done.stdout


def test_a_terminal_shows_colours_instead_of_marks(crawled, site):
    lines = list(history_lines(revisions(crawled.output, f"{site.url}/a1"), coloured=True))
    (title,) = [line for line in lines if "ouvrira" in line.plain and "ouvre" in line.plain][:1]
    assert title.plain.endswith("Une usine ouvre ouvrira")
    assert {str(span.style) for span in title.spans} >= {"red strike", "green"}


def test_an_unknown_article_and_a_missing_folder_are_said_to_be_so(crawled):
    done = crawled.run("history", "https://journal.example/rien")
    assert (done.returncode, done.stdout) == (1, "")
    assert "has the address or article_id https://journal.example/rien" in done.stderr
    shutil.rmtree(crawled.output)
    done = crawled.run("history", "https://journal.example/rien")
    assert done.returncode == 1
    assert "there is no dataset" in done.stderr


@given(st.text(alphabet="ab \n", max_size=40), st.text(alphabet="ab \n", max_size=40))
def test_a_diff_holds_both_texts(old, new):
    stretches = word_diff(old, new)
    for text, other in ((old, "added"), (new, "removed")):
        assert " ".join(s.words for s in stretches if s.kind != other) == " ".join(text.split())
