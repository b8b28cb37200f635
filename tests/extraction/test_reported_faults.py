"""Faults that users of other programs reported in public, each as one small page, feed or sitemap.

The cases lie beside the checkout, in ``../shared/bench/cases``, and are read in place.
"""

from __future__ import annotations

import importlib.util
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from alescrawl.crawling.routes.feed import read_feed
from alescrawl.crawling.routes.model import Answer, Feed, Sitemap
from alescrawl.crawling.routes.sitemap import read_sitemap
from alescrawl.dataset.ledger.hints import Listed
from alescrawl.extraction.article import extract_article

if TYPE_CHECKING:
    from types import ModuleType

CASES = Path(__file__).parents[3] / "shared" / "bench" / "cases"
DISPUTED: dict[str, str] = {}
"""Cases in which this project holds another answer for right, each with the reason."""


def _check() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check", CASES / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _cases() -> list[Any]:
    if not CASES.is_dir():
        return [
            pytest.param(None, None, marks=pytest.mark.skip(reason=f"no reported cases at {CASES}"))
        ]
    return [
        pytest.param(
            folder,
            case,
            id=case["name"],
            marks=[pytest.mark.xfail(reason=DISPUTED[case["name"]])]
            if case["name"] in DISPUTED
            else [],
        )
        for folder, case in _check().cases()
    ]


@pytest.mark.parametrize(("folder", "case"), _cases())
def test_a_reported_fault_is_not_ours(folder: Path, case: dict[str, Any]) -> None:
    """What the case expects is what the project's own reader gives."""
    faults = _article_faults(folder, case) if case["form"] == "extract" else _rows(folder, case)
    assert not faults, case["why"]


def _article_faults(folder: Path, case: dict[str, Any]) -> list[str]:
    article = extract_article(
        (folder / "page.html").read_bytes(),
        case["url"],
        encoding=case["encoding"],
        fetched_at=datetime.fromisoformat(case["fetched_at"]),
    )
    faults: list[str] = _check().article_faults(article, case["expect"])
    return faults


def _rows(folder: Path, case: dict[str, Any]) -> list[str]:
    is_feed = case["form"] == "feed"
    route = Feed(case["url"]) if is_feed else Sitemap(case["url"])
    headers = {"content-type": f"text/xml; charset={case['encoding']}"} if case["encoding"] else {}
    answer = Answer(route, (folder / case["body"]).read_bytes(), case["url"], headers)
    read = read_feed(answer) if is_feed else read_sitemap(answer)
    rows = {}
    for entry in read:
        if isinstance(entry, Listed):
            rows[entry.url] = {name: getattr(entry, name) for name in Listed.__slots__}
        elif hasattr(entry, "route"):
            rows[entry.route.url] = {"lastmod": entry.lastmod}
    faults: list[str] = _check().listing_faults(rows, case["expect"])
    return faults
