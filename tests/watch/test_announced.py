"""A watch list tells what the gazette announced of a SIREN, as it tells of articles."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import feedparser
import pytest
from collected import FILATURE, collect
from open_data import judgment, previous, record
from scrapy.utils.project import get_project_settings
from sirene_files import siren

from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.registry.events import publish_events
from alescrawl.registry.notices import read_notice
from alescrawl.registry.store import Store
from alescrawl.watch.entries import Entry, WatchList
from alescrawl.watch.session import watched_sirens
from alescrawl.watch.watching import Watching
from alescrawl.watch.wording import Wording

OWN, OTHER = siren(1), siren(2)
LIST = WatchList("matin", "Veille", (Entry("siren", OWN, "Mécalzen"),))
OPENING = judgment("Jugement d'ouverture de redressement judiciaire", "Jugement d'ouverture")
CONVERSION = judgment("Jugement de conversion en liquidation judiciaire", "Autre jugement")


def announce(folder, **records):
    """Let the gazette hold the notices *records* by identifier."""
    with Store(folder) as store:
        read = [read_notice(each) for each in records.values()]
        store.put_notices((n.id, n.published, n.packed()) for n in read)
        publish_events(folder, store, {OWN, OTHER})


def told(folder, watched=LIST, **more):
    with closing(Ledger(folder.ledger)) as ledger:
        watching = Watching(ledger, folder, Wording("fr"))
        outcome = watching.watch(watched, **more)
        watching.shown(outcome)
    return [(each.item.title, each.change) for each in outcome.told]


@pytest.fixture
def folder(tmp_path):
    made = collect(tmp_path / "output", FILATURE)
    announce(
        made,
        a=record("A202500561001", OWN, jugement=OPENING),
        b=record("A202500561002", OTHER, jugement=OPENING),
    )
    return made


def test_an_event_of_a_watched_siren_is_told_once(folder):
    assert told(folder) == [("MECALZEN : ouverture d'une procédure collective", "new")]
    assert told(folder) == []
    announce(folder, c=record("A202500561003", OWN, jugement=CONVERSION))
    assert told(folder) == [("MECALZEN : liquidation judiciaire", "new")]


def test_the_feed_has_it_with_day_tribunal_and_address(folder):
    told(folder)
    read = feedparser.parse((folder.root / "feeds" / "matin.atom").read_bytes())
    (entry,) = read.entries
    assert "A202500561001" in entry.link
    assert "12/03/2025" in entry.content[0].value
    assert "<b>MECALZEN</b>" in entry.content[0].value
    assert read.bozo == 0


def test_what_is_annulled_goes_from_the_feed(folder):
    told(folder)
    before = previous("A202500561001")
    announce(
        folder,
        d=record("A202500561009", OWN, typeavis="annulation", parutionavisprecedent=before),
    )
    assert told(folder) == []
    assert feedparser.parse((folder.root / "feeds" / "matin.atom").read_bytes()).entries == []


def test_older_events_can_be_left_out(folder):
    assert told(folder, since=datetime(2026, 1, 1, tzinfo=UTC)) == []


def test_names_and_words_do_not_find_events(folder):
    entries = (Entry("name", "MECALZEN", "x"), Entry("words", "liquidation OU ouverture", "y"))
    assert told(folder, WatchList("autre", "Autre", entries)) == []


def test_watched_sirens_are_read_from_the_gazette(tmp_path):
    (tmp_path / "matin.csv").write_text(f"kind,value\nsiren,{OWN}\nname,Algosel\n", "utf-8")
    settings = get_project_settings()
    settings.set("ALESCRAWL_WATCH", str(tmp_path))
    assert watched_sirens(settings) == {OWN}
