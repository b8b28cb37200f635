"""Fixtures: sites that real content management systems serve on loopback."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

import pytest
from mariadb import MariaDb
from partner import CannotRunError
from spip import Spip
from wordpress import WordPress

THEMES = {"classic": "twentytwentyone", "block": "twentytwentytwo"}
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.cms)


@contextmanager
def or_skip(partner):
    """Enter *partner*, or skip what needs it with the reason."""
    try:
        entered = partner.__enter__()
    except CannotRunError as reason:
        pytest.skip(str(reason))
    try:
        yield entered
    finally:
        partner.__exit__(None, None, None)


@pytest.fixture(scope="session")
def database(tmp_path_factory):
    with or_skip(MariaDb(tmp_path_factory.mktemp("sql"))) as running:
        yield running


@pytest.fixture(scope="session", params=THEMES)
def wordpress(request, tmp_path_factory, database):
    """Yield a filled WordPress with a classic theme, then another with a block theme."""
    folder = tmp_path_factory.mktemp(request.param)
    with or_skip(WordPress(folder, database, THEMES[request.param], request.param)) as running:
        yield running


@pytest.fixture(scope="session")
def spip(tmp_path_factory):
    with or_skip(Spip(tmp_path_factory.mktemp("spip"))) as running:
        yield running
