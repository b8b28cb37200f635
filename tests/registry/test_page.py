"""docs/registry.md: its code runs, and says what it promises."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from named_articles import article, write
from open_data import OpenData, judgment, record
from registry_command import registry
from sirene_files import siren

LATER = datetime(2025, 3, 21, 8, tzinfo=UTC)
PAGE = (Path(__file__).parents[2] / "docs" / "registry.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def folder(tmp_path):
    said = "À Alès, Mécalzen est en liquidation judiciaire."
    articles = [
        article(1, said, "Mécalzen", publisher="L'Écho", source="echo", topics=["insolvency"]),
        article(2, f"{said} Suite.", "Mécalzen", topics=["insolvency"], day=LATER),
    ]
    for each in articles:
        each.mentions[0].siren = siren(1)
    write(tmp_path / "output", articles)
    notices = [("A202500561001", siren(1), "MECALZEN"), ("A202500561002", siren(2), "ALGOSEL")]
    with OpenData() as data:
        told = judgment("Ouverture de liquidation judiciaire")
        data.records = [record(*notice, jugement=told) for notice in notices]
        settings = {"ALESCRAWL_REGISTRY_GAZETTE": data.url, "ALESCRAWL_REGISTRY_DELAY": 0}
        assert registry(tmp_path / "output", "events", **settings).code == 0
    return tmp_path


def test_the_code_of_the_page_works(folder, monkeypatch):
    monkeypatch.chdir(folder)
    names = {}
    for block in BLOCKS:
        exec(block, names)
    assert names["unreported"]["name"].tolist() == ["ALGOSEL"]
    assert names["first"][["name", "publisher"]].to_numpy().tolist() == [["MECALZEN", "L'Écho"]]
    assert names["institutions"]["siren"].tolist() == [siren(1)]
