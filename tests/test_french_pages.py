"""French pages say what the English ones say: the same headings, the same code but for remarks."""

from __future__ import annotations

import re

import pytest
from scrapy_command import ROOT

PAGES = sorted(path.name for path in (ROOT / "docs" / "fr").glob("*.md") if path.stem != "index")

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_REMARK = re.compile(r"\s+# .*|^# .*")


def _page(name):
    return (ROOT / name).read_text("utf-8")


def _outside(page):
    return _BLOCK.sub("", page)


def _levels(page):
    return [len(marks) for marks in re.findall(r"^(#+) ", _outside(page), re.MULTILINE)]


def _code(page):
    blocks = [(kind, text) for kind, text in _BLOCK.findall(page) if kind]
    return [(kind, [_REMARK.sub("", line) for line in text.splitlines()]) for kind, text in blocks]


def _links(page):
    return re.findall(r"\]\(([^)#]+)", _outside(page))


def test_both_have_the_same_headings_code_and_links():
    english, french = _page("README.md"), _page("README.fr.md")
    assert _levels(french) == _levels(english)
    assert _code(french) == _code(english)
    links = {link.replace("docs/fr/", "docs/") for link in _links(french)}
    assert links ^ set(_links(english)) == {"README.fr.md", "README.md"}
    assert len(_BLOCK.findall(french)) == len(_BLOCK.findall(english))


def test_the_readme_fits_a_few_screens():
    assert len(_page("README.md").splitlines()) < 220


@pytest.mark.parametrize("name", PAGES)
def test_a_french_page_has_the_headings_code_and_rows_of_the_english_one(name):
    english, french = _page(f"docs/{name}"), _page(f"docs/fr/{name}")
    assert _levels(french) == _levels(english)
    assert _code(french) == _code(english)
    assert _rows(french) == _rows(english)
    links = {link.removeprefix("../") for link in _links(french)}
    assert links - {name} == set(_links(english)) - {name}


def _rows(page):
    """Return the first cells of the tables, of which names and code are the same."""
    cells = re.findall(r"^\| (`[^|]*`) \|", _outside(page).replace("\\|", "/"), re.MULTILINE)
    return [cell for cell in cells if "«" not in cell]
