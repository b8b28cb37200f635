"""Fixtures: an output folder, and a site on loopback."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from loopback import Site
from scrapy_command import Scrapy

if TYPE_CHECKING:
    from pathlib import Path


def pytest_xdist_auto_num_workers():
    """Most tests wait for a server or a pause half of their time: three on two cores."""
    return (os.cpu_count() or 2) * 3 // 2


def pytest_collection_modifyitems(items):
    """Begin with the files that take long, so that no core waits for the last of them."""
    tests = Counter(item.path for item in items)
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: (item.path not in long, -tests[item.path]))


@pytest.fixture
def scrapy(tmp_path: Path) -> Scrapy:
    return Scrapy(tmp_path / "output")


@pytest.fixture
def site():
    with Site() as running:
        yield running
