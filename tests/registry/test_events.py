"""The gazette's notices become events: kinds, days, facts; revised, incremental, no persons."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from named_articles import article, write
from open_data import OpenData, judgment, natural, previous, record
from registry_command import registry
from sirene_files import siren

import alescrawl
from alescrawl.dataset.folder import Folder
from alescrawl.registry import gazette as gazette_module
from alescrawl.registry.events import event_rows, standing
from alescrawl.registry.gazette import Gazette
from alescrawl.registry.notices import Notice, read_notice
from alescrawl.registry.polite import Interface
from alescrawl.registry.store import Store

OWN, OTHER = siren(1), siren(2)
TODAY = date(2026, 12, 1)


OPENING, OTHERS = "Jugement d'ouverture", "Autre jugement et ordonnance"
JUDGMENTS = (
    (OPENING, "Jugement d'ouverture de redressement judiciaire", "insolvency_opening"),
    (OPENING, "Jugement d'ouverture d'une procédure de sauvegarde", "insolvency_opening"),
    (OPENING, "Jugement d'ouverture de liquidation judiciaire", "insolvency_liquidation"),
    (OTHERS, "Jugement de conversion en liquidation judiciaire", "insolvency_liquidation"),
    (OTHERS, "Jugement arrêtant le plan de redressement", "insolvency_plan"),
    (OTHERS, "Jugement de plan de cession", "insolvency_plan"),
    ("Jugement de clôture", "Clôture pour insuffisance d'actif", "insolvency_closing"),
    ("Jugement prononçant", "Clôture de la liquidation judiciaire", "insolvency_closing"),
    ("Avis de dépôt", "État des créances de la liquidation judiciaire", "insolvency_other"),
    ("Arrêt d'appel", "Arrêt infirmant la liquidation judiciaire", "insolvency_other"),
    ("", "Ordonnance d'un autre genre", "insolvency_other"),
)


@pytest.mark.parametrize(("family", "nature", "kind"), JUDGMENTS)
def test_what_a_judgment_does_is_its_kind(family, nature, kind):
    found = read_notice(record("A202500561001", OWN, jugement=judgment(nature, family)))
    assert (found.kind, found.day, found.published) == (kind, "2025-03-12", "2025-03-20")
    assert found.parties[0].siren == OWN
    assert found.facts[0] == nature


@pytest.mark.parametrize(
    ("family", "kind"),
    [
        ("creation", "creation"),
        ("immatriculation", "registration"),
        ("radiation", "strike_off"),
        ("dpc", "accounts"),
        ("divers", "other"),
        ("une famille nouvelle", "other"),
    ],
)
def test_a_family_of_notices_is_its_kind(family, kind):
    assert read_notice(record("B202500561001", OWN, family=family)).kind == kind


@pytest.mark.parametrize("day", ["2025-03-12", "12 mars 2025", "12 MARS 2025"])
def test_a_day_is_read_as_it_is_written(day):
    found = read_notice(record("A202500561001", OWN, jugement=judgment("Ouverture", day=day)))
    assert found.day == "2025-03-12"


def test_the_day_when_payments_ceased_is_told_and_who_was_named_is_not():
    more = (
        "Date de cessation des paiements le 1er février 2025 désignant liquidateur Me Hugo Maubrun."
    )
    found = read_notice(record("A202500561001", OWN, jugement=judgment("Ouverture", more=more)))
    assert "payments ceased 2025-02-01" in found.facts
    assert "Maubrun" not in repr(found)


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("acquis par achat au prix stipulé de 120000.00 euros", ["price 120000 EUR"]),
        ("au prix de 1.250.000,00 EUR", ["price 1250000 EUR"]),
        ("au prix de 80 000 €", ["price 80000 EUR"]),
        ("au prix de 80 000 € et au prix de 20 000 €", []),
        ("pour un prix qui sera convenu", []),
    ],
)
def test_the_price_of_a_sale_is_read_where_there_is_one(words, fact):
    places = json.dumps({"etablissement": {"origineFonds": words}})
    found = read_notice(record("A202500561001", OWN, family="vente", listeetablissements=places))
    assert found.facts == fact


def test_a_sale_is_an_event_of_who_buys_and_of_who_sells():
    seller = json.dumps(
        {
            "personne": {
                "typePersonne": "pm",
                "denomination": "ALGOSEL",
                "numeroImmatriculation": {"numeroIdentification": OTHER},
            }
        }
    )
    found = read_notice(
        record("A202500561001", OWN, family="vente", listeprecedentproprietaire=seller)
    )
    rows = list(event_rows([found]))
    assert [(r["siren"], r["facts"]) for r in rows] == [(OWN, ["buys"]), (OTHER, ["sells"])]
    assert len({r["event_id"] for r in rows}) == 2


def test_a_modification_tells_what_changes_and_names_nobody():
    changed = json.dumps({"descriptif": "Capital, siège et administration : gérant : Maubrun"})
    found = read_notice(
        record("B202500561001", OWN, family="modification", modificationsgenerales=changed)
    )
    assert found.facts == ["changes: capital", "changes: seat", "changes: managers"]


def test_accounts_have_the_day_they_were_closed():
    closed = json.dumps({"dateCloture": "2024-12-31", "typeDepot": "Comptes annuels et rapports"})
    found = read_notice(record("C202500561001", OWN, family="dpc", depot=closed))
    assert found.facts == ["accounts to 2024-12-31"]


def test_json_that_is_broken_or_an_object_and_several_persons_are_read():
    person = {
        "typePersonne": "pm",
        "denomination": "ALGOSEL",
        "inscriptionRM": {"numeroIdentificationRM": OTHER},
    }
    own = json.loads(record("A202500561001", OWN)["listepersonnes"])["personne"]
    found = read_notice(
        record("A202500561001", OWN, jugement="{broken", listepersonnes={"personne": [own, person]})
    )
    assert [(p.siren, p.name) for p in found.parties] == [(OWN, "MECALZEN"), (OTHER, "ALGOSEL")]
    assert found.kind == "insolvency_other"


def read(*records):
    return standing(map(read_notice, records))


def test_a_rectification_stands_for_what_it_rectifies():
    first = record("A202500561001", OWN, jugement=judgment("Ouverture de liquidation judiciaire"))
    better = record(
        "A202500601002",
        OWN,
        typeavis="rectificatif",
        jugement=judgment("Ouverture de redressement judiciaire"),
        parutionavisprecedent=previous("A202500561001"),
    )
    for both in ((first, better), (better, first)):
        (found,) = read(*both)
        assert (found.id, found.kind) == ("A202500601002", "insolvency_opening")
        assert next(event_rows([found]))["rectifies"] == "A202500561001"


@pytest.mark.parametrize(
    "columns",
    [
        {"typeavis": "annulation"},
        {"jugement": judgment("Jugement de rétractation", "Rétractation sur tierce opposition")},
    ],
)
def test_what_is_annulled_or_retracted_is_no_event_any_more(columns):
    first = record("A202500561001", OWN, jugement=judgment("Ouverture de liquidation judiciaire"))
    other = record("A202500561002", OTHER, jugement=judgment("Ouverture"))
    gone = record("A202500601003", OWN, parutionavisprecedent=previous("A202500561001"), **columns)
    assert [n.id for n in read(first, other, gone)] == ["A202500561002"]


@pytest.fixture
def served():
    with OpenData() as data:
        yield data


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def fetch(served, folder, sirens=(OWN,), today=TODAY, since=None):
    interface = Interface(served.url, "alescrawl/0 (+tests)", 0, (0.01, 0.01))
    with Store(folder) as store:
        told = Gazette(interface, store, sirens, "30", today).fetch(since)
        return told, standing(map(Notice.unpacked, store.notices()))


def test_all_of_a_company_and_the_last_of_the_department_are_fetched(served, folder):
    served.records = [
        record("A200900561001", OWN, published="2009-03-20"),
        record("A200900561002", OTHER, published="2009-03-20"),
        record("A202600561003", OTHER, published="2026-03-20"),
        record("A202600561004", siren(3), published="2026-03-20", numerodepartement="69"),
    ]
    told, found = fetch(served, folder)
    assert [n.id for n in found] == ["A200900561001", "A202600561003"]
    assert (told.companies, told.notices, told.requests) == (1, 2, 2)


def test_only_what_is_new_is_asked_for_and_what_came_late_or_was_revised_is_found(served, folder):
    served.records = [record("A202600561001", OWN, published="2026-11-20")]
    fetch(served, folder)
    served.queries.clear()
    served.records[0]["ville"] = "Anduze"
    served.records.append(record("A202600561002", OWN, published="2026-11-25"))
    _, found = fetch(served, folder, today=date(2026, 12, 8))
    assert [(n.id, n.town) for n in found] == [
        ("A202600561001", "Anduze"),
        ("A202600561002", "Alès"),
    ]
    assert all("dateparution >= date'2026-11-01'" in q["where"] for q in served.queries)


def test_a_company_that_is_linked_later_gets_its_past_and_no_gap_is_left(served, folder):
    served.records = [record("A200900561001", OTHER, published="2009-03-20")]
    assert fetch(served, folder, since=date(2026, 1, 1))[1] == []
    assert len(fetch(served, folder, (OWN, OTHER))[1]) == 1
    late = fetch(served, folder, (OWN, OTHER), date(2027, 6, 1), since=date(2027, 5, 1))
    assert not late[0].stopped
    wheres = [q["where"] for q in served.queries[-2:]]
    assert all("dateparution >= date'2026-11-01'" in where for where in wheres)


def test_pages_are_walked_to_the_end_also_beyond_what_the_interface_gives(
    served, folder, monkeypatch
):
    served.records = [
        record(
            f"A202600{n // 50:02}{n:04}", OTHER, published=f"2026-{1 + n // 60:02}-{1 + n % 28:02}"
        )
        for n in range(430)
    ]
    assert len(fetch(served, folder, ())[1]) == 430
    monkeypatch.setattr(gazette_module, "_DEEPEST", 200)
    (folder.root / "registry" / "registry.sqlite").unlink()
    assert len(fetch(served, folder, ())[1]) == 430


@pytest.mark.parametrize("failure", [429, 500, "cut"])
def test_a_page_that_fails_once_is_asked_for_again(served, folder, failure):
    served.records = [record("A202600561001", OWN, published="2026-11-20")]
    served.failures, served.headers = [failure], {"Retry-After": "0"}
    told, found = fetch(served, folder)
    assert not told.stopped
    assert len(found) == 1


def test_where_it_stops_what_came_is_kept_and_the_rest_comes_the_next_time(served, folder):
    served.records = [record(f"A2026005610{n:02}", OWN, published="2026-11-20") for n in range(10)]
    served.failures = [500, 500, 500]
    told, found = fetch(served, folder)
    assert "what came until now is kept" in told.stopped
    assert found == []
    assert len(fetch(served, folder)[1]) == 10


def test_notices_of_another_form_are_told_and_never_taken_for_read(served, folder):
    served.records = [record("A202600561001", OWN, published="2026-11-20")]
    served.records[0].pop("familleavis")
    told, found = fetch(served, folder)
    assert "have another form" in told.stopped
    assert found == []
    served.records[0]["familleavis"] = "collective"
    assert len(fetch(served, folder)[1]) == 1, "it is asked for again"


def test_of_a_persons_business_only_what_is_linked_is_kept_and_no_name(served, folder):
    persons = [
        record(
            f"A20260056100{n}",
            number,
            "VASSEROT",
            published="2026-11-20",
            listepersonnes=natural(number),
        )
        for n, number in enumerate((OWN, OTHER))
    ]
    served.records = persons
    _, found = fetch(served, folder)
    assert [(n.parties[0].siren, n.parties[0].name) for n in found] == [(OWN, None)]
    kept = b"".join(path.read_bytes() for path in (folder.root / "registry").iterdir())
    assert b"VASSEROT" not in kept
    assert OTHER.encode() not in kept


def reported(tmp_path):
    """Return an output folder: of two insolvencies one is reported, by two papers."""
    said = "À Alès, Mécalzen est en liquidation judiciaire."
    known = {"topics": ["insolvency"]}
    articles = [
        article(1, said, "Mécalzen", publisher="L'Écho", source="echo", **known),
        article(2, said + " Encore.", "Mécalzen", **known, duplicate_of="0" * 16),
        article(3, "Mécalzen recrutait encore hier.", "Mécalzen"),
        article(4, said + " Suite.", "Mécalzen", day=articles_day(25), **known),
        article(5, said + " Un an après.", "Mécalzen", day=articles_day(400), **known),
    ]
    for each in articles:
        each.mentions[0].siren = OWN
    write(tmp_path, articles)
    return articles


def articles_day(days):
    return datetime(2025, 3, 10, 8, tzinfo=UTC) + timedelta(days=days)


def test_events_and_the_articles_that_report_them_find_each_other(served, tmp_path):
    articles = reported(tmp_path)
    served.records = [
        record("A202500561001", OWN, jugement=judgment("Ouverture de liquidation judiciaire")),
        record(
            "A202500561002",
            OTHER,
            "ALGOSEL",
            jugement=judgment("Ouverture de redressement judiciaire"),
        ),
        record("C202500561003", OWN, family="dpc"),
    ]
    settings = {"ALESCRAWL_REGISTRY_GAZETTE": served.url, "ALESCRAWL_REGISTRY_DELAY": 0}
    done = registry(tmp_path, "events", **settings)
    assert done.code == 0, done.stderr
    assert "3 events, " in done.stdout
    events = alescrawl.load_events(tmp_path, since="2025-01-01", until="2026-01-01").set_index(
        "event_id"
    )
    ids = {n: each.article_id for n, each in enumerate(articles, 1)}
    assert events.loc["A202500561001", "article_ids"] == [ids[1], ids[4]]
    assert events.loc["A202500561002", "article_ids"] == []
    assert set(events.loc["C202500561003", "article_ids"]) == {ids[1], ids[3], ids[4]}
    found = alescrawl.load_articles(tmp_path, columns=["article_id", "event_ids"])
    told = dict(found.to_numpy().tolist())
    assert told[ids[1]] == ["A202500561001", "C202500561003"]
    assert told[ids[3]] == ["C202500561003"]
    assert told[ids[5]] == []
    only = alescrawl.load_events(tmp_path, kind="insolvency_opening")
    assert only["name"].tolist() == ["ALGOSEL"]


def test_without_events_there_are_none_and_columns_stay(tmp_path):
    reported(tmp_path)
    assert "event_ids" not in alescrawl.load_articles(tmp_path)
    assert (
        alescrawl.load_articles(tmp_path, columns=["event_ids"])["event_ids"].tolist() == [[]] * 5
    )
    assert len(alescrawl.load_events(tmp_path)) == 0


def test_a_day_that_is_none_is_told(served, tmp_path):
    reported(tmp_path)
    done = registry(tmp_path, "events", "--since", "hier", ALESCRAWL_REGISTRY_GAZETTE=served.url)
    assert (done.code, "'hier' is no date" in done.stderr) == (1, True)
