"""What `make` would do: one room's tests alone, and for the demo no tools of the tests."""

from __future__ import annotations

import os
import subprocess

from scrapy_command import ROOT

OF_MAKE = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES"}


def made(*words):
    """Return the exit code and what a new clone would run, one command a line.

    What `make test` tells the commands it starts, these tests among them, is not for this `make`:
    it would say which folder it enters.
    """
    own = {name: value for name, value in os.environ.items() if name not in OF_MAKE}
    done = subprocess.run(
        ["make", "--dry-run", "VENV=not-there", *words],
        cwd=ROOT,
        env=own,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_tests_of_one_room_run_without_the_rest():
    _, text = made("test", "ROOM=routes")
    assert text.rstrip().endswith("tests/crawling/routes")
    assert "ruff" not in text


def test_a_room_that_two_houses_have_is_both():
    assert made("test", "ROOM=dates")[1].split()[-2:] == [
        "tests/entities/dates",
        "tests/extraction/dates",
    ]


def test_a_room_that_is_not_there_is_told():
    code, text = made("test", "ROOM=nowhere")
    assert code != 0
    assert "there is no room tests/…/nowhere" in text


def test_all_that_is_checked_is_style_types_and_tests():
    text = made("test")[1]
    assert [word for word in ("ruff check", "mypy", "pytest") if word not in text] == []


def test_the_demo_installs_the_report_and_no_tool_of_the_tests():
    text = made("demo")[1]
    assert "--editable '.[report]'" in text
    assert "[test]" not in text
