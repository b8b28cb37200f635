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


def a_wordpress(tmp_path_factory, database, theme):
    return or_skip(WordPress(tmp_path_factory.mktemp(theme), database, THEMES[theme], theme))


@pytest.fixture(scope="session")
def classic_wordpress(tmp_path_factory, database):
    with a_wordpress(tmp_path_factory, database, "classic") as running:
        yield running


@pytest.fixture(scope="session")
def block_wordpress(tmp_path_factory, database):
    with a_wordpress(tmp_path_factory, database, "block") as running:
        yield running


@pytest.fixture(params=THEMES)
def wordpress(request):
    """Return a filled WordPress with a classic theme, then another with a block theme."""
    return request.getfixturevalue(f"{request.param}_wordpress")


@pytest.fixture(scope="session")
def spip(tmp_path_factory):
    with or_skip(Spip(tmp_path_factory.mktemp("spip"))) as running:
        yield running
