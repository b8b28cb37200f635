"""Alerts: each change of a source's state is told once, to a command or to a web address."""

from __future__ import annotations

import json
import shlex
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from scrapy.settings import Settings

from alescrawl.crawling.arguments import ArgumentError
from alescrawl.crawling.runs.alert import Hook, tell_changes
from alescrawl.dataset.health.alerts import untold
from alescrawl.dataset.ledger.connection import Ledger


@pytest.fixture
def ledger(tmp_path):
    opened = Ledger(tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


def judged(ledger, source, verdict, why=(), held=None):
    """Record a run of *source* that was judged so."""
    with ledger.transaction() as db:
        (count,) = db.execute("SELECT count(*) FROM runs").fetchone()
        db.execute(
            "INSERT INTO runs (run_id, source, started, ended, verdict, why) "
            "VALUES (?, ?, '2026-11-26', '2026-11-26', ?, ?)",
            (f"r{count:04}", source, verdict, json.dumps(list(why))),
        )
        db.execute("INSERT OR IGNORE INTO sources (source) VALUES (?)", (source,))
        db.execute("UPDATE sources SET held = ? WHERE source = ?", (held, source))


def hook(target, seconds=10, form="text"):
    return Hook.from_settings(
        Settings(
            {
                "ALESCRAWL_ALERT": target,
                "ALESCRAWL_ALERT_TIMEOUT": seconds,
                "ALESCRAWL_ALERT_FORMAT": form,
            }
        )
    )


def python(code):
    return shlex.join([sys.executable, "-c", code])


@pytest.fixture
def mailbox(tmp_path):
    """A command that keeps what it is given, and what came of it."""
    path = tmp_path / "mail"
    command = python(f"import sys; open({str(path)!r}, 'a').write(sys.stdin.read() + '|')")
    return hook(command), lambda: path.read_text().split("|")[:-1] if path.exists() else []


def test_a_change_is_told_once_and_so_is_its_end(ledger, mailbox):
    told, mail = mailbox
    judged(ledger, "alpha", "ok")
    judged(ledger, "beta", "nothing_new")
    assert tell_changes(told, ledger) is None
    assert mail() == []
    for _ in range(3):
        judged(ledger, "alpha", "blocked", ["the routes were refused: http_403"])
        assert tell_changes(told, ledger) is None
    assert mail() == [
        "alescrawl: 1 to look at\n- alpha is blocked (was well): the routes were refused: http_403"
    ]
    judged(ledger, "alpha", "nothing_new")
    tell_changes(told, ledger)
    tell_changes(told, ledger)
    assert mail()[1:] == ["alescrawl: 1 well again\n- alpha is well (was blocked)"]


def test_rows_that_wait_are_no_recovery(ledger, mailbox):
    told, mail = mailbox
    judged(ledger, "alpha", "degraded", ["lead is gone"], held="degraded")
    tell_changes(told, ledger)
    judged(ledger, "alpha", "nothing_new", held="degraded")
    tell_changes(told, ledger)
    assert len(mail()) == 1


class Inbox(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.headers["Content-Type"], body.decode()))
        if self.server.drips:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while self.server.drips:
                self.wfile.write(b"X-More: 1\r\n")
                time.sleep(0.02)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def inbox():
    with HTTPServer(("127.0.0.1", 0), Inbox) as server:
        server.got, server.status, server.drips = [], 200, False
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server, f"http://127.0.0.1:{server.server_port}/hook"
        server.drips = False
        server.shutdown()


def test_an_address_is_posted_plain_text_or_json(ledger, inbox):
    server, address = inbox
    judged(ledger, "alpha", "gone", ["no route: http_404"])
    assert tell_changes(hook(address), ledger) is None
    judged(ledger, "alpha", "ok")
    assert tell_changes(hook(address, form="json"), ledger) is None
    (plain, text), (kind, body) = server.got
    assert (plain, kind) == ("text/plain; charset=utf-8", "application/json")
    assert text.endswith("- alpha is gone (was well): no route: http_404")
    assert json.loads(body)["text"].endswith("- alpha is well (was gone)")


def test_what_a_hook_was_not_told_it_is_told_by_the_next_run(ledger, inbox):
    server, address = inbox
    judged(ledger, "alpha", "broken")
    server.status = 500
    assert "could not be sent: HTTP Error 500" in tell_changes(hook(address), ledger) or (
        "could not be sent: Internal Server Error" in tell_changes(hook(address), ledger)
    )
    assert len(untold(ledger)) == 1
    server.status = 200
    assert tell_changes(hook(address), ledger) is None
    assert untold(ledger) == []


def test_a_hook_that_hangs_is_left_after_its_time(ledger, inbox, tmp_path):
    server, address = inbox
    judged(ledger, "alpha", "broken")
    server.drips = True
    began = time.monotonic()
    assert "it did not answer within 0.2 s" in tell_changes(hook(address, 0.2), ledger)
    mark = tmp_path / "late"
    # A child of the hook ends with it.
    sleeper = f"sh -c 'sleep 20; touch {mark}' & sleep 20"
    assert "it took longer than 0.2 s" in tell_changes(
        hook(shlex.join(["sh", "-c", sleeper]), 0.2), ledger
    )
    assert time.monotonic() - began < 15
    assert "exit code 3" in tell_changes(hook(python("raise SystemExit(3)")), ledger)


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("no-such-command --now", "there is no command"),
        ("http:///hook", "names no host"),
        ("echo 'unclosed", "cannot be read"),
    ],
)
def test_a_hook_that_cannot_work_is_told_before_anything_runs(target, says):
    with pytest.raises(ArgumentError, match=f"ALESCRAWL_ALERT: .*{says}"):
        hook(target)


def test_of_many_changes_the_text_stays_short(ledger, mailbox):
    told, mail = mailbox
    for n in range(55):
        judged(ledger, f"s{n:02}", "broken", ["no route: timeout"])
    tell_changes(told, ledger)
    (text,) = mail()
    assert text.splitlines()[-1] == "- and 35 more"
