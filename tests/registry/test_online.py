"""Names that the file lacks are asked for: politely, once in months, and on from where it was."""

from __future__ import annotations

import time
from datetime import date, timedelta

import open_data
import pytest
import sirene_files as stock
from named_articles import article, write
from open_data import OpenData
from registry_command import registry
from sirene_files import establishment, siren, unit

import alescrawl
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import Folder
from alescrawl.registry.online import KEPT_DAYS, ask, known
from alescrawl.registry.polite import Interface
from alescrawl.registry.store import Store

TODAY = date(2026, 12, 1)


@pytest.fixture
def served():
    with OpenData() as data:
        yield data


@pytest.fixture
def search(served):
    return Interface(served.url, "alescrawl/0 (+tests)", 0, (0.01, 0.01))


@pytest.fixture
def store(tmp_path):
    with Store(Folder(tmp_path)) as opened:
        yield opened


def test_what_is_answered_links_what_the_file_lacks(served, tmp_path):
    stock.write(
        tmp_path / "stock",
        units=[unit(1, "MECALZEN")],
        establishments=[establishment(1, ("30007", "ALES"))],
    )
    write(tmp_path, [article(1, "À Alès, Ocrelia et son atelier d'usinage recrutent.", "Ocrelia")])
    registry(tmp_path, "update", tmp_path / "stock")
    served.companies = [open_data.company(siren(9), "OCRELIA", ("30007", "ALES"))]
    settings = {"ALESCRAWL_REGISTRY_SEARCH": served.url, "ALESCRAWL_REGISTRY_DELAY": 0}
    done = registry(tmp_path, "resolve", "--online", **settings)
    assert "1 of 1 names asked for, 1 requests" in done.stdout
    assert "1 institutions: 1 linked" in done.stdout
    assert alescrawl.load_links(tmp_path)["siren"].tolist() == [siren(9)]
    assert alescrawl.load_companies(tmp_path)["seat_commune"].tolist() == ["ALES"]
    assert served.agents == {"alescrawl/0 (+tests)"}
    assert "1 linked" in registry(tmp_path, "resolve").stdout, "what was answered stays"


def test_an_answer_is_kept_for_months_and_empty_ones_too(search, store):
    assert ask(["Ocrelia", "OCRELIA SAS", "Rien"], store, search, TODAY)[:3] == (2, 2, 2)
    assert ask(["Ocrelia", "Rien"], store, search, TODAY + timedelta(days=KEPT_DAYS))[:2] == (2, 0)
    later = ask(["Ocrelia"], store, search, TODAY + timedelta(days=KEPT_DAYS + 1))
    assert later.asked == 1


def test_pages_are_read_up_to_a_few(served, search, store):
    served.companies = [open_data.company(siren(n), "LE PETIT OCRELIA") for n in range(1, 101)]
    assert ask(["Le Petit Ocrelia"], store, search, TODAY).requests == 3
    assert [query["page"] for query in served.queries] == ["1", "2", "3"]
    assert len(known(store).companies) == 75


@pytest.mark.parametrize("failure", [429, 500, 503, "cut", "[]", "<html>"])
def test_what_fails_once_is_asked_again(served, search, store, failure):
    served.companies = [open_data.company(siren(9), "OCRELIA")]
    served.failures, served.headers = [failure], {"Retry-After": "0"}
    assert ask(["Ocrelia"], store, search, TODAY) == (1, 1, 2, "")
    assert len(known(store).companies) == 1


def test_who_asks_to_wait_long_is_left_alone(served, search, store):
    served.failures, served.headers = [429], {"Retry-After": "86400"}
    asked = ask(["Ocrelia"], store, search, TODAY)
    assert asked.requests == 1
    assert "HTTP 429" in asked.stopped


def test_where_it_stops_what_came_is_kept_and_it_goes_on_there(served, search, store):
    served.companies = [open_data.company(siren(n), f"OCRELIA {n}") for n in (1, 2, 3)]
    names = ["Ocrelia 1", "Ocrelia 2", "Ocrelia 3"]
    assert not ask(names[:1], store, search, TODAY).stopped
    served.failures = [500, 500, 500]
    assert "what came until now is kept" in ask(names, store, search, TODAY).stopped
    assert len(known(store).companies) == 1
    again = ask(names, store, search, TODAY)
    assert (again.asked, again.stopped) == (2, "")
    assert len(known(store).companies) == 3


def test_an_answer_of_another_form_is_told_and_not_kept(served, search, store):
    served.failures = ['{"entreprises": []}']
    assert "upgrade alescrawl" in ask(["Ocrelia"], store, search, TODAY).stopped
    assert ask(["Ocrelia"], store, search, TODAY).asked == 1


def test_fields_that_are_missing_are_empty_and_odd_results_are_left_out(served, search, store):
    whole = open_data.company(siren(9), "OCRELIA")
    bare = {n: whole[n] for n in ("siren", "nom_complet", "siege")} | {"siren": siren(8)}
    served.companies = [bare, whole | {"siren": "not a number"}, whole]
    ask(["Ocrelia"], store, search, TODAY)
    rows = {row["siren"]: row for row in known(store).companies}
    assert set(rows) == {siren(8), siren(9)}
    assert rows[siren(8)]["activity"] is None
    assert rows[siren(9)]["created"] == date(2001, 4, 2)


def test_of_persons_only_the_trade_name_is_kept_and_managers_without_their_birth(
    served, search, store
):
    person = {"nature_juridique": "1000", "nom_raison_sociale": None}
    seat = {"commune": "30007", "liste_enseignes": ["ATELIER DES OCRES", "CLAIRE VASSEROT"]}
    born = {"nom": "MAUBRUN", "prenoms": "Hugo Jean", "annee_de_naissance": "1971"}
    served.companies = [
        open_data.company(siren(1), "CLAIRE VASSEROT", **person, siege=seat),
        open_data.company(siren(2), "ATELIER [ND]", statut_diffusion="P"),
        open_data.company(siren(3), "ATELIER OCRELIA", dirigeants=[born]),
    ]
    ask(["Atelier"], store, search, TODAY)
    found = known(store)
    assert [row["name"] for row in found.companies] == ["ATELIER DES OCRES", "ATELIER OCRELIA"]
    assert found.managers[siren(3)] == {"hugo maubrun"}
    kept = store.path.read_bytes() + store.path.with_name("registry.sqlite-wal").read_bytes()
    assert b"VASSEROT" not in kept
    assert b"1971" not in kept


def test_requests_keep_their_distance(served):
    paced = Interface(served.url, "tests", 0.2)
    began = time.monotonic()
    for _ in range(3):
        paced.get("/search", {"q": "rien", "page": 1, "per_page": 25})
    assert time.monotonic() - began >= 0.4


def test_a_store_that_is_damaged_or_newer_is_told(tmp_path):
    path = tmp_path / "registry" / "registry.sqlite"
    path.parent.mkdir()
    path.write_bytes(b"no database" * 200)
    with pytest.raises(DatasetError, match="delete it: what it holds is asked for again"):
        Store(Folder(tmp_path))
