"""Every message that a user can meet is a line that says what to do; none is a traceback."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from messages import messages
from scrapy_command import ROOT

REMEDY = re.compile(
    r"such as|there are|expected (is|are)|neither .* nor|none of|must lie before|shows|lists"
    r"|\b(use|name|choose|wait|upgrade|write|restore|check|free|set|make|run|try|see|allow|say|leave)\b"
    r"|install|raise the limit|`scrapy|fr and en are known|… can$|: …$"
)
FOUND = messages()


@pytest.mark.parametrize("message", FOUND, ids=[m.place for m in FOUND])
def test_a_message_is_a_line_that_says_what_to_do(message):
    text = message.text
    assert len(text.split()) >= 4
    assert "\n" not in text
    assert not text.endswith("."), "it is shown after the command's name"
    assert REMEDY.search(text), "say what to do about it"


def test_the_messages_are_found():
    assert len(FOUND) > 60
    assert any(m.text.startswith("since=… must lie before until=…") for m in FOUND)


MISTAKES = [
    ["crawl", "ecomnew"],
    ["crawl", "ecomnews", "-a", "since=soon"],
    ["crawl", "ecomnews", "-s", "ALESCRAWL_ALERT=no-such-command"],
    ["crawl", "ecomnews", "-s", "ALESCRAWL_OUTPUT=/dev/null/output"],
    ["crawlall", "ecomnew"],
    ["crawlall", "--kind", "radio"],
    ["crawlall", "--since", "soon"],
    ["crawlall", "--max-time", "soon"],
    ["crawlall", "--jobs", "none"],
    ["crawlall", "-s", "ALESCRAWL_RECHECKS=soon"],
    ["crawlall", "-s", "ALESCRAWL_OUTPUT=/dev/null/output"],
    ["status", "ecomnew"],
    ["publish"],
    ["reprocess"],
    ["history", "https://example.org/a"],
    ["forget", "https://example.org/a"],
    ["report"],
    ["migrate"],
    ["export", "--facts", "facts"],
]
_RUN = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from scrapy.cmdline import execute
from scrapy.utils.project import get_project_settings
for words in json.loads(sys.argv[1]):
    told, printed, code = io.StringIO(), io.StringIO(), None
    with redirect_stderr(told), redirect_stdout(printed):
        try:
            execute(["scrapy", *words], get_project_settings())
        except SystemExit as error:
            code = error.code
    print(json.dumps([words, code, told.getvalue()]))
"""


def test_a_mistake_is_one_line_and_an_exit_code(tmp_path):
    """In one process, since each start costs seconds; the output folder is not there."""
    mistakes = [
        words if any("OUTPUT" in w for w in words)
        else [*words, "-s", f"ALESCRAWL_OUTPUT={tmp_path / 'none'}"]
        for words in MISTAKES
    ]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", _RUN, json.dumps(mistakes)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(MISTAKES), done.stderr
    for words, code, stderr in told:
        assert code in {1, 2}, words
        assert len(stderr.strip().splitlines()) == 1, (words, stderr)
        assert stderr.startswith(f"scrapy {words[0]}"), (words, stderr)
    assert not (tmp_path / "none" / "ledger.sqlite").exists()
