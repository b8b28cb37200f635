"""Copies of one text in several papers are one cluster, led by the first published."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

import alescrawl
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.articles import put_article
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.publication.publish import publish
from alescrawl.items import Article, Paragraph, fingerprint

WORDS = [f"mot{number}" for number in range(500)]


def text(seed, length=300):
    chosen = random.Random(seed)
    return " ".join(chosen.choices(WORDS, k=length))


def edited(words, seed, share=0.02):
    chosen = random.Random(seed)
    return " ".join("ailleurs" if chosen.random() < share else w for w in words.split())


class Dataset:
    def __init__(self, root):
        self.folder = Folder(root)
        self.ledger = Ledger(self.folder.ledger)

    def put(self, name, words, source="courrier", day=1):
        url = f"https://{source}.example/{name}"
        article = Article(
            article_id=fingerprint(url),
            url=url,
            canonical_url=url,
            source=source,
            title=name,
            published=datetime(2026, 3, day, tzinfo=UTC),
            fetched_at=datetime(2026, 11, 26, tzinfo=UTC),
        )
        article.set_paragraphs([Paragraph("paragraph", words)])
        with self.ledger.transaction() as db:
            put_article(db, article)

    def clusters(self):
        """Return by title the title of the article that leads its cluster, and that it repeats."""
        publish(self.ledger, self.folder)
        rows = alescrawl.load_articles(self.folder.root).astype(object).set_index("article_id")
        titles = rows["title"].to_dict()
        return {
            row["title"]: (titles.get(row["cluster_id"]), titles.get(row["duplicate_of"]))
            for _, row in rows.iterrows()
        }


@pytest.fixture
def dataset(tmp_path):
    made = Dataset(tmp_path)
    yield made
    made.ledger.close()


def test_an_agency_copy_in_several_papers_is_one_cluster_whatever_came_first(dataset):
    copy = text(1)
    dataset.put("second", edited(copy, 5), "gazette", day=2)
    dataset.put("third", " ".join(copy.split()[:200]), "journal", day=3)
    assert set(dataset.clusters().values()) == {("second", None), ("second", "second")}
    dataset.put("first", copy, "courrier", day=1)
    dataset.put("other", text(2), "gazette")
    assert dataset.clusters() == {
        "first": ("first", None),
        "second": ("first", "first"),
        "third": ("first", "first"),
        "other": (None, None),
    }


def test_the_same_text_at_two_addresses_of_one_source_is_one_cluster(dataset):
    dataset.put("here", text(1))
    dataset.put("there", text(1), day=2)
    assert dataset.clusters() == {"here": ("here", None), "there": ("here", "here")}


def test_weekly_notices_of_one_source_that_share_phrases_stay_apart(dataset):
    frame = text(1, 200)
    dataset.put("monday", f"{frame} {text(2, 70)}")
    dataset.put("tuesday", f"{frame} {text(3, 70)}", day=2)
    assert set(dataset.clusters().values()) == {(None, None)}


def test_short_texts_are_not_taken_for_copies(dataset):
    dataset.put("one", "Lire la suite de cet article.")
    dataset.put("two", "Lire la suite de cet article.", "gazette")
    assert set(dataset.clusters().values()) == {(None, None)}


def test_an_article_whose_text_changes_leaves_its_cluster(dataset):
    for day, source in enumerate(("courrier", "gazette", "journal"), 1):
        dataset.put(source, text(1), source, day=day)
    dataset.put("courrier", text(2), "courrier", day=1)
    assert dataset.clusters() == {
        "courrier": (None, None),
        "gazette": ("gazette", None),
        "journal": ("gazette", "gazette"),
    }
    dataset.put("gazette", text(3), "gazette", day=2)
    assert set(dataset.clusters().values()) == {(None, None)}
