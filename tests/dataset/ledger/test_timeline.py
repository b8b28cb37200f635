"""A capture is put where it belongs among the states of its article, in whatever order it comes."""

from contextlib import closing
from datetime import UTC, datetime
from itertools import permutations

import pytest

from alescrawl.dataset.ledger.articles import put_article, unpack
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.ledger.timeline import put_capture
from alescrawl.items import Article, Paragraph, fingerprint

URL = "https://courrier-invente.example/2015/03/une-halle"
TEXTS = {
    name: f"La halle inventée d'Alès compte {name} étals, dit le conseil de la ville, et un café."
    for name in ("dix", "vingt", "trente", "quarante")
}


@pytest.fixture
def ledger(tmp_path):
    with closing(Ledger(tmp_path / "ledger.sqlite")) as opened:
        yield opened


def article(words, year, *, archive="web.warc", url=URL):
    made = Article(article_id=fingerprint(URL), url=url, canonical_url=URL, source="captured")
    made.title = "Une halle ouvre"
    made.set_paragraphs([Paragraph("paragraph", TEXTS.get(words, words))] if words else [])
    made.fetched_at = datetime(year, 5, 1, tzinfo=UTC)
    made.extractor_version = "1"
    if archive:
        made.archive, made.captured_at = archive, made.fetched_at
    return made


def put(ledger, *given, **named):
    with ledger.transaction() as db:
        return put_capture(db, article(*given, **named))


def crawl(ledger, *given):
    with ledger.transaction() as db:
        return put_article(db, article(*given, archive=None))


def states(ledger):
    """Return revision, year and text of each state, the oldest first."""
    rows = ledger.query(
        "SELECT revision, row FROM revisions UNION ALL SELECT revision, row FROM articles "
        "ORDER BY revision"
    ).fetchall()
    found = [unpack(row["row"]) for row in rows]
    assert [row["revision"] for row in rows] == [row["revision"] for row in found]
    assert [row["revision"] for row in rows] == list(range(1, len(rows) + 1))
    return [(row["fetched_at"].year, row["text"]) for row in found]


def current(ledger):
    (row,) = ledger.query("SELECT row FROM articles").fetchall()
    return unpack(row["row"])


@pytest.mark.parametrize(
    "order", [*permutations([(2012, "dix"), (2014, "vingt"), (2016, "trente")])]
)
def test_states_stand_in_order_of_capture_whatever_the_order_they_come_in(ledger, order):
    for year, words in order:
        put(ledger, words, year)
    assert [year for year, _ in states(ledger)] == [2012, 2014, 2016]
    assert current(ledger)["first_seen"].year == 2012
    assert current(ledger)["only_archived"] is True


def test_a_row_that_a_crawl_has_read_stays_and_gets_older_revisions(ledger):
    crawl(ledger, "quarante", 2026)
    before = current(ledger)
    assert put(ledger, "dix", 2012) == "older"
    assert put(ledger, "vingt", 2014) == "older"
    assert current(ledger) == {**before, "revision": 3}
    assert [year for year, _ in states(ledger)] == [2012, 2014, 2026]


def test_the_words_of_the_live_row_captured_earlier_change_nothing(ledger):
    crawl(ledger, "quarante", 2026)
    before = current(ledger)
    assert put(ledger, "quarante", 2014) == "unchanged"
    assert current(ledger) == before


def test_the_same_capture_again_changes_nothing(ledger):
    for year, words in ((2012, "dix"), (2014, "vingt"), (2013, "dix")):
        put(ledger, words, year)
    before = states(ledger)
    assert put(ledger, "vingt", 2014) == put(ledger, "dix", 2012) == "unchanged"
    assert states(ledger) == before


def test_a_text_that_came_back_is_a_state_of_its_own(ledger):
    for year, words in ((2012, "dix"), (2014, "vingt"), (2016, "dix")):
        put(ledger, words, year)
    assert len(states(ledger)) == 3


def test_a_crawl_takes_an_archived_article_over(ledger):
    put(ledger, "dix", 2012)
    assert crawl(ledger, "dix", 2026) == "refreshed"
    assert (current(ledger)["only_archived"], current(ledger)["archive"]) == (None, None)
    assert crawl(ledger, "vingt", 2026) == "changed"


def test_where_the_live_row_has_no_words_none_are_kept_of_older_ones(ledger):
    reserved = article("", 2026, archive=None)
    reserved.tdm_reserved, reserved.withheld = True, "all"
    with ledger.transaction() as db:
        put_article(db, reserved)
    assert put(ledger, "dix", 2012) == "reserved_today"
    assert states(ledger) == [(2026, None)]


def test_a_wall_and_another_page_are_no_states(ledger):
    whole = "\n".join(
        f"Le paragraphe {n} de la halle inventée dit tout autre chose." for n in range(9)
    )
    put(ledger, whole, 2012)
    walled = article(whole[:120], 2014)
    walled.access_seen_truncated = True
    with ledger.transaction() as db:
        assert put_capture(db, walled) == "behind_wall"
    other = article("Nous utilisons des traceurs et demandons votre accord à chaque visite.", 2015)
    other.title = "Vos choix"
    with ledger.transaction() as db:
        assert put_capture(db, other) == "other_page"
    assert len(states(ledger)) == 1


def test_another_address_of_the_article_brings_no_state_of_its_own(ledger):
    put(ledger, "dix", 2012)
    assert put(ledger, "vingt", 2014, url="https://courrier-invente.example/amp2/x") == "duplicate"
    assert len(states(ledger)) == 1
