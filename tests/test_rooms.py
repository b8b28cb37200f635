"""No room imports from a floor above its own, types included, and no modules import in a circle.

The floors are those of the table in docs/architecture.md.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from scrapy_command import ROOT

grimp = pytest.importorskip("grimp", reason="the extra `test` installs it")
LINT = Path(sys.executable).with_name("lint-imports")

TABLE = re.compile(r"^\| floor \|.*\n\|[-| ]+\n((?:\|.*\n)+)", re.MULTILINE)
ROW = re.compile(r"\| *(\d+) *\|([^|]*)\|")


def floors(text):
    """Return the rooms of each floor of the table in *text*, highest first."""
    rows = [ROW.match(line) for line in TABLE.search(text)[1].splitlines()]
    assert [int(row[1]) for row in rows] == list(range(len(rows), 0, -1))
    return [re.findall(r"`([\w.]+)`", row[2]) for row in rows]


def graph_of(package):
    """Return which modules of *package* each of its modules imports, for types too."""
    graph = grimp.build_graph(package, cache_dir=None)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def is_kept(package, rows, folder):
    """Return whether import-linter finds no arrow upwards, or between rooms of one floor."""
    rooms = "\n".join("    " + " | ".join(f"{package}.{room}" for room in row) for row in rows)
    config = folder / "floors.ini"
    config.write_text(
        f"[importlinter]\nroot_package = {package}\n"
        f"[importlinter:contract:floors]\nname = floors\ntype = layers\nlayers =\n{rooms}\n"
    )
    paths = os.pathsep.join(map(str, (folder, ROOT)))
    done = subprocess.run(
        [LINT, "--config", config, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout, done.stderr)  # noqa: T201 - shown where the test fails
    return done.returncode == 0


def circle(imported):
    """Return modules that import one another in a circle, if any do."""
    try:
        TopologicalSorter(imported).prepare()
    except CycleError as error:
        return error.args[1]
    return None


@pytest.fixture(scope="module")
def table():
    return floors((ROOT / "docs" / "architecture.md").read_text("utf-8"))


def test_no_room_imports_from_a_floor_above_its_own(table, tmp_path):
    assert is_kept("alescrawl", table, tmp_path)


def test_no_modules_import_one_another_in_a_circle():
    assert circle(graph_of("alescrawl")) is None


def test_every_module_stands_on_a_floor(table):
    rooms = {f"alescrawl.{room}" for row in table for room in row}
    packages = {room.rsplit(".", 1)[0] for room in rooms}
    placed = {m for m in graph_of("alescrawl") if any(f"{m}.".startswith(f"{r}.") for r in rooms)}
    assert set(graph_of("alescrawl")) - placed == packages


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A package of two floors whose modules a test fills."""
    files = {"__init__": "", "below/__init__": "", "below/low": "", "above": "import house.below"}
    for name, text in files.items():
        path = tmp_path / "house" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


FLOORS = [["above"], ["below"]]
FOR_TYPES = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from {} import {}\n"


def test_a_package_of_arrows_downwards_is_well(house):
    assert is_kept("house", FLOORS, house)
    assert circle(graph_of("house")) is None


def test_an_arrow_upwards_is_found_also_where_it_is_for_types(house):
    (house / "house" / "below" / "low.py").write_text(FOR_TYPES.format("house", "above"))
    assert not is_kept("house", FLOORS, house)


def test_an_arrow_between_rooms_of_one_floor_is_found(house):
    assert not is_kept("house", [["above", "below"]], house)


def test_a_circle_within_a_room_is_found_also_where_it_is_for_types(house):
    (house / "house" / "below" / "low.py").write_text("import house.below.other\n")
    other = house / "house" / "below" / "other.py"
    other.write_text(FOR_TYPES.format("house.below", "low"))
    assert is_kept("house", FLOORS, house)
    assert {"house.below.low", "house.below.other"} <= set(circle(graph_of("house")))


def test_a_room_that_is_not_there_is_found(house, capsys):
    assert not is_kept("house", [["above"], ["cellar"], ["below"]], house)
    assert "house.cellar" in capsys.readouterr().out
