"""What the routes say about one address is kept: of each field what the better route said."""

from datetime import UTC, datetime

import pytest

from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.ledger.frontier import Frontier
from alescrawl.dataset.ledger.hints import Listed
from alescrawl.dataset.ledger.window import Window
from alescrawl.dataset.removal.forget import forget_person
from alescrawl.dataset.removal.redaction import Memory

URL = "https://journal.example/une-usine"
MORNING = datetime(2026, 3, 3, 6, 45, tzinfo=UTC)
NOON = datetime(2026, 3, 3, 11, tzinfo=UTC)


@pytest.fixture
def hints(tmp_path):
    """Return the hints of an address after routes have said something about it."""

    def after(*said):
        frontier = Frontier(Ledger(tmp_path / "ledger.sqlite"), "s", "run")
        for entry in said:
            frontier.offer([entry])
        (candidate,) = frontier.take(9, Window())
        return candidate.hints

    return after


def test_each_route_adds_what_the_others_do_not_say(hints):
    kept = hints(
        Listed(URL, title="Une usine", origin="sitemap"),
        Listed("http://www.journal.example/une-usine/?utm_source=x", MORNING, origin="feed"),
    )
    assert kept == {
        "title": ("Une usine", "sitemap"),
        "published": ("2026-03-03T06:45:00+00:00", "feed"),
    }


@pytest.mark.parametrize("turn", [1, -1], ids=["better last", "better first"])
def test_the_better_route_is_believed_whatever_the_order(hints, turn):
    said = [
        Listed(URL, NOON, title="Une usine…", origin="listing"),
        Listed(URL, MORNING, title="Une usine recrute", origin="rest"),
    ]
    kept = hints(*said[::turn])
    assert kept["published"] == ("2026-03-03T06:45:00+00:00", "rest")
    assert kept["title"] == ("Une usine recrute", "rest")


def test_a_feed_names_all_authors_where_rest_names_one(hints):
    kept = hints(
        Listed(URL, authors=("Inès Fabre et Paul Roux",), origin="feed"),
        Listed(URL, authors=("Inès Fabre",), origin="rest"),
    )
    assert kept["authors"] == (["Inès Fabre et Paul Roux"], "feed")


@pytest.mark.parametrize(("origin", "believed"), [("rest", True), ("sitemap", False)])
def test_a_sitemap_does_not_say_when_the_words_changed(hints, origin, believed):
    assert ("modified" in hints(Listed(URL, MORNING, NOON, origin=origin))) is believed


def test_offering_tells_how_many_are_new_or_changed(tmp_path):
    frontier = Frontier(Ledger(tmp_path / "ledger.sqlite"), "s", "run")
    one, two = Listed(URL, lastmod=MORNING), Listed(f"{URL}-2")
    assert frontier.offer([one, two]) == 2
    assert frontier.offer([one, two]) == 0
    assert frontier.offer([Listed(URL, lastmod=NOON), two]) == 1


def test_a_forgotten_name_is_in_no_hint_neither_old_nor_new(tmp_path):
    folder = Folder(tmp_path)
    folder.prepare()
    ledger = Ledger(folder.ledger)
    frontier = Frontier(ledger, "s", "run")
    told = Listed(URL, title="L'usine de Paul Roux", authors=("Inès Fabre",), origin="feed")
    frontier.offer([told])
    forget_person(ledger, folder, "Roux Paul")
    frontier.offer(Memory(ledger).allowed([told]))
    (candidate,) = frontier.take(9, Window())
    assert candidate.hints == {"authors": (["Inès Fabre"], "feed")}
