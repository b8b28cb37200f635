"""`scrapy watch` and `scrapy find`, as a user types them, and watch lists after a crawl."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections import Counter
from pathlib import Path

import feedparser
import pytest
from collected import COPY, FILATURE, MARCHE, RESERVED, article, collect
from loopback import page, sitemap
from mail_server import MailServer

LIST = "kind,value,label\nname,Laines Peyrolle,Client\ncommune,Uzès,\nname,Mécalzen,\n"


@pytest.fixture
def lists(tmp_path):
    folder = tmp_path / "watch"
    folder.mkdir()
    (folder / "matin.csv").write_text(LIST, "utf-8")
    return f"ALESCRAWL_WATCH={folder}"


def test_lists_are_looked_through_after_a_crawl(scrapy, site, lists):
    site["/a1"] = page("Laines Peyrolle recrute à Uzès", published="2026-03-02T08:00:00Z")
    site["/sitemap.xml"] = sitemap("/a1")
    done = scrapy.crawl(site, more=(lists,))
    assert done.returncode == 0, done.stderr
    assert "matin : 1 nouvel article" in done.stdout
    assert "**Laines Peyrolle** recrute" in done.stdout
    feed = feedparser.parse((scrapy.output / "feeds" / "matin.atom").read_bytes())
    assert [e.title for e in feed.entries] == ["Laines Peyrolle recrute à Uzès"]
    done = scrapy.run("watch", settings=(lists,))
    assert (done.returncode, done.stdout) == (0, "matin : rien de nouveau, 1 en tout\n")


def test_a_list_with_a_mistake_does_not_stop_the_crawl_nor_the_other_lists(scrapy, site, lists):
    Path(lists.partition("=")[2], "faux.csv").write_text("kind,value\ncomune,Alès\n", "utf-8")
    site["/a1"] = page("Laines Peyrolle recrute", published="2026-03-02T08:00:00Z")
    site["/sitemap.xml"] = sitemap("/a1")
    done = scrapy.crawl(site, more=(lists,))
    assert done.returncode == 1
    assert "1 nouvel article" in done.stdout
    assert "faux.csv:2: unknown kind 'comune', perhaps commune" in done.stderr


def test_what_is_wrong_is_a_line(scrapy, lists, tmp_path):
    done = scrapy.run("watch", settings=(f"ALESCRAWL_WATCH={tmp_path}/none",))
    assert (done.returncode, "there is no watch list" in done.stderr) == (2, True)
    done = scrapy.run("watch", settings=(lists,))
    assert (done.returncode, "there is no dataset" in done.stderr) == (2, True)
    done = scrapy.run("watch", "--check", settings=(lists,))
    assert (done.returncode, done.stdout) == (0, "matin: 3 entries\n")
    for wrong in (
        "ALESCRAWL_WATCH_MAIL=smtp:/x",
        "ALESCRAWL_WATCH_MAIL=smtp://u:p@h",
        "ALESCRAWL_WATCH_MAIL=smtp://127.0.0.1",
        "ALESCRAWL_WATCH_LANGUAGE=de",
        "ALESCRAWL_WATCH_TO=moi",
    ):
        more = (
            ("ALESCRAWL_WATCH_MAIL=file:mails",) if wrong.startswith("ALESCRAWL_WATCH_TO") else ()
        )
        done = scrapy.run("watch", settings=(lists, *more, wrong))
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), (wrong, done.stderr)


def test_what_is_found_as_json(scrapy, lists):
    collect(scrapy.output, FILATURE, MARCHE)
    done = scrapy.run("watch", "--json", settings=(lists,))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["title"] for row in rows] == [MARCHE.title, FILATURE.title]
    assert rows[0]["reasons"][0]["label"] == "Uzès"


def test_whatever_is_killed_each_article_is_told(scrapy, lists):
    """Killed at any moment: each article is in one message, which may come twice."""
    chance = random.Random(7)
    with MailServer() as server:
        settings = (
            lists,
            f"ALESCRAWL_WATCH_MAIL=smtp://127.0.0.1:{server.port}",
            "ALESCRAWL_WATCH_TO=a@example.org",
        )
        collect(scrapy.output, article(0, "Laines Peyrolle 0", "Un atelier ouvre."))
        for number in range(1, 9):
            collect(
                scrapy.output, article(number, f"Laines Peyrolle {number}", "Un atelier ouvre.")
            )
            command = scrapy.start("watch", settings=settings)
            if command.poll(chance.uniform(0.2, 1.6)) is None:
                command.kill()
        assert scrapy.run("watch", settings=settings).returncode == 0
        assert "rien de nouveau" in scrapy.run("watch", settings=settings).stdout
    messages = {m["Message-ID"]: m.get_body(("plain",)).get_content() for m in server.messages}
    told = Counter(n for t in messages.values() for n in re.findall(r"example/(\d)\s", t))
    assert told == Counter({str(n): 1 for n in range(9)})
    feed = feedparser.parse((scrapy.output / "feeds" / "matin.atom").read_bytes())
    assert len(feed.entries) == 9


def test_forgetting_takes_out_the_feed_and_the_index(scrapy, lists):
    collect(scrapy.output, FILATURE, RESERVED)
    scrapy.run("watch", settings=(lists,))
    scrapy.run("find", "filature")
    scrapy.run("forget", FILATURE.article_id)
    left = [p for p in scrapy.output.rglob("*") if p.is_file()]
    assert not [p for p in left if "filature" in p.read_bytes().decode("latin-1").lower()]
    scrapy.run("watch", settings=(lists,))
    feed = feedparser.parse((scrapy.output / "feeds" / "matin.atom").read_bytes())
    assert [e.title for e in feed.entries] == [RESERVED.title]
    assert "0 found" in scrapy.run("find", "filature").stdout


@pytest.fixture
def dataset(scrapy):
    collect(scrapy.output, FILATURE, MARCHE, RESERVED, COPY)
    return scrapy


def found(scrapy, *words):
    done = scrapy.run("find", *words, "--json")
    assert done.returncode in {0, 1}, done.stderr
    return [row["title"] for row in json.loads(done.stdout)]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        (["plan social"], [FILATURE.title]),
        (["PLAN", "SOCIAL"], [FILATURE.title]),
        (["social plan"], []),
        (["noël"], [MARCHE.title]),
        (["NOEL"], [MARCHE.title]),
        (["embauch*"], [FILATURE.title]),
        (["noel OU filature"], [FILATURE.title, MARCHE.title]),
        (["noel OU filature", "--not", "plan social"], [MARCHE.title]),
        (["plan social", "--commune", "Alès"], [FILATURE.title]),
        (["plan social", "--commune", "Uzès"], []),
        (["--commune", "Uzès"], [MARCHE.title]),
        (["--epci", "Alès Agglomération"], [FILATURE.title]),
        (["--topic", "emploi", "filature"], [FILATURE.title]),
        (["--institution", "laines peyrolle"], [FILATURE.title]),
        (["usine", "--since", "2026-11-20"], [RESERVED.title]),
        (["usine", "--until", "2026-11-20"], []),
        (["--source", "echo"], [COPY.title]),
    ],
)
def test_articles_are_found_by_words_and_facts(dataset, words, titles):
    assert found(dataset, *words) == titles


def test_what_is_found_is_shown_with_its_sentence_and_copies(dataset):
    done = dataset.run("find", "plan social")
    assert "La direction écarte tout plan social." in done.stdout
    assert "1 found" in done.stdout
    (row,) = json.loads(dataset.run("find", "plan social", "--json").stdout)
    assert row["url"] in {COPY.canonical_url, FILATURE.canonical_url}
    assert len(row["copies"]) == 1
    sentence = row["sentences"][0]
    (start, end) = sentence["marks"][0]
    assert sentence["text"][start:end] == "plan social"
    (line,) = csv.DictReader(io.StringIO(dataset.run("find", "plan social", "--csv").stdout))
    assert line["published"] == "2026-11-20 06:04"


def test_what_was_changed_since_is_found_as_it_is_now(dataset):
    assert found(dataset, "chalets") == [MARCHE.title]
    collect(dataset.output, article(2, "Le marché ouvre", "Les commerçants patientent."))
    assert (found(dataset, "chalets"), found(dataset, "patientent")) == ([], ["Le marché ouvre"])


def test_a_damaged_index_is_made_anew(dataset):
    assert found(dataset, "noel")
    (dataset.output / "search.sqlite").write_bytes(b"no database at all" * 99)
    assert found(dataset, "noel") == [MARCHE.title]


def test_a_source_that_is_written_wrong_is_told_what_may_be_meant(dataset):
    done = dataset.run("find", "usine", "--source", "courier")
    assert (done.returncode, "perhaps courrier" in done.stderr) == (2, True)
    done = dataset.run("status", "ecomnew")
    assert (done.returncode, "perhaps ecomnews" in done.stderr) == (2, True)
    done = dataset.run("crawlall", "ecomnew")
    assert (done.returncode, "perhaps ecomnews" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ['"plan'],
        ["--commune", "Alèss"],
        ["x", "--since", "hier"],
        ["--not", "x"],
        ["--topic", "x"],
    ],
)
def test_a_search_that_cannot_be_is_a_line(dataset, words):
    done = dataset.run("find", *words)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr


def test_cells_of_csv_are_harmless(scrapy):
    collect(scrapy.output, article(5, "=HYPERLINK(1) usine", "Une usine ouvre."))
    (line,) = csv.DictReader(io.StringIO(scrapy.run("find", "usine", "--csv").stdout))
    assert line["title"] == "'=HYPERLINK(1) usine"
