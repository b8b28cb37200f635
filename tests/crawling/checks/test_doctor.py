"""`scrapy doctor`: says what is wrong and what to do, and is honest about the network."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from loopback import Site
from scrapy.settings import Settings

from alescrawl.commands.crawl import check_settings
from alescrawl.crawling.checks.machine import (
    check_machine,
    check_network,
    check_python,
    check_settings_of,
)
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.health import checkup
from alescrawl.dataset.health.checkup import check_folder
from alescrawl.dataset.ledger.connection import Ledger


@pytest.fixture
def folder(tmp_path):
    made = Folder(tmp_path / "output")
    made.root.mkdir()
    Ledger(made.ledger).close()
    return made


def by_name(findings):
    return {finding.name: finding for finding in findings}


def test_the_command_tells_what_is_well_and_what_is_not(scrapy, monkeypatch):
    with Site({"/robots.txt": ""}) as site:
        monkeypatch.setenv("ROOTS", f"alpha={site.url}")
        several = ("SPIDER_MODULES=sources.several",)
        done = scrapy.run("doctor", settings=(*several, "ALESCRAWL_KEEP=nothing"))
        assert site.asked == [("/robots.txt", 200)]
        assert all(agent.startswith("alescrawl/") for agent in site.agents)
    assert done.returncode == 1, done.stderr
    lines = done.stdout.splitlines()
    assert any(line.startswith("wrong   settings: ") and "ALESCRAWL_KEEP" in line for line in lines)
    assert "ok      network: 1 of 1 hosts answer" in lines
    assert not scrapy.output.exists()


def test_a_sound_folder_is_well(folder):
    found = by_name([*check_python(), *check_machine(folder), *check_folder(folder)])
    assert {name for name, f in found.items() if f.state == "wrong"} == set()
    assert found["ledger"].state == found["clock"].state == found["packages"].state == "ok"


def test_offline_is_told_with_the_reason_of_each_host():
    with Site() as site:
        closed = site.url
    (found,) = check_network([closed, "http://no-such-host.invalid"], "alescrawl")
    assert (found.name, found.state) == ("network", "wrong")
    assert found.text.startswith("none of 2 hosts answers")
    assert "refused" in found.text
    assert "no-such-host.invalid: " in found.text


def test_a_host_that_refuses_robots_txt_is_a_network_and_one_of_two_is_a_warning():
    with Site() as site:
        (found,) = check_network([site.url], "alescrawl")
        assert found.state == "ok"
        found = by_name(check_network([site.url, "http://no-such-host.invalid"], "alescrawl"))
    assert (found["network"].state, "1 of 2" in found["network"].text) == ("warning", True)


def test_a_clock_that_is_wrong_is_seen_by_the_hosts_and_by_the_last_run(folder, monkeypatch):
    late = datetime.now(UTC) + timedelta(hours=3)
    with Site() as site:
        monkeypatch.setattr("alescrawl.crawling.checks.machine._now", lambda: late)
        found = by_name(check_network([site.url], "alescrawl"))
    monkeypatch.undo()
    assert (found["clock"].state, "+180 minutes" in found["clock"].text) == ("wrong", True)
    with sqlite3.connect(folder.ledger) as db:
        db.execute(
            "INSERT INTO runs (run_id, source, started, verdict) VALUES ('r', 's', ?, 'ok')",
            (late.isoformat(timespec="seconds"),),
        )
    assert by_name(check_machine(folder))["clock"].state == "wrong"


def test_a_full_disk_and_a_damaged_ledger_are_wrong(folder, monkeypatch):
    monkeypatch.setattr(checkup.shutil, "disk_usage", lambda _: SimpleNamespace(free=2**20))
    with folder.ledger.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(8192))
    found = by_name(check_folder(folder))
    assert found["disk"].state == found["ledger"].state == "wrong"
    assert "backup" in found["ledger"].text + found["ledger"].remedy


def test_an_older_ledger_is_no_fault_since_a_crawl_brings_it_up_to_date(folder):
    with sqlite3.connect(folder.ledger) as db:
        db.execute("PRAGMA user_version = 3")
    found = by_name(check_folder(folder))["ledger"]
    assert (found.state, found.remedy) == ("warning", "")
    assert found.text.endswith("the next crawl, or `scrapy migrate`, brings it up to date")


def test_a_newer_ledger_is_wrong_and_its_line_is_the_remedy(folder):
    with sqlite3.connect(folder.ledger) as db:
        db.execute("PRAGMA user_version = 999")
    found = by_name(check_folder(folder))["ledger"]
    assert (found.state, found.remedy) == ("wrong", "")
    assert found.text.endswith(": upgrade it")


def test_a_folder_of_another_user_is_wrong(folder, monkeypatch):
    # As root everything may be written: what the system says is what counts.
    monkeypatch.setattr(checkup.os, "access", lambda path, _: path != folder.ledger)
    found = by_name(check_folder(folder))["output folder"]
    assert (found.state, "chown" in found.remedy) == ("wrong", True)


def test_settings_that_cannot_be_used_are_named_and_a_missing_contact_is_a_warning():
    project = Settings()
    project.setmodule("alescrawl.settings")
    project.set("ALESCRAWL_CONTACT", "")
    assert check_settings_of(project, check_settings).state == "warning"
    project.set("ALESCRAWL_RECHECKS", ["soon"])
    found = check_settings_of(project, check_settings)
    assert (found.state, "ALESCRAWL_RECHECKS" in found.text) == ("wrong", True)
