"""docs/relevance.md and docs/values.md say what is so: their examples run."""

import doctest
from pathlib import Path

import pytest


@pytest.mark.parametrize("page", ["relevance.md", "values.md"])
def test_the_examples_run(page):
    path = Path(__file__).parents[2] / "docs" / page
    result = doctest.testfile(str(path), module_relative=False, encoding="utf-8")
    assert result.attempted > 0
    assert result.failed == 0
