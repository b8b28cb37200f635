"""Fixtures: an output folder, and a site on loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from loopback import Site
from scrapy_command import Scrapy

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def scrapy(tmp_path: Path) -> Scrapy:
    return Scrapy(tmp_path / "output")


@pytest.fixture
def site():
    with Site() as running:
        yield running
