"""A real pywb serves captures: its index is read, its pages are replayed, and nothing twice."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager, suppress

import pytest
from captured_pages import FIRST, SECOND, THIRD, A, fill
from captures import HOST, allow, record, write_warc
from partner import HOME, PATIENCE
from scrapy_command import Scrapy

import alescrawl

BIN = HOME / "pywb" / "bin"
OTHER = f"http://{HOST}/2015/03/un-autre"


@contextmanager
def _served(folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [BIN / "wayback", "-p", str(port), "-b", "127.0.0.1"]
    log = (folder / "pywb.log").open("w")
    running = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}/gard/cdx"
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(f"{address}?url={HOST}&limit=1"):
            break
        time.sleep(0.2)
    try:
        yield address
    finally:
        running.terminate()
        running.wait()


@pytest.fixture(scope="module")
def pywb(tmp_path_factory):
    """The address of the index of a pywb with captures of two articles."""
    if not (BIN / "wayback").exists():
        pytest.skip(f"there is no pywb in {BIN}: tests/cms/install.sh")
    folder = tmp_path_factory.mktemp("pywb")
    warc = write_warc(
        folder / "captures.warc.gz",
        record(A, "2015-03-02", FIRST),
        record(A, "2015-06-01", SECOND),
        record(A, "2016-05-01", THIRD),
        record(A, "2016-06-01", THIRD),
        record(OTHER, "2015-06-01", FIRST.replace("Une halle", "Un pont")),
        record(f"http://{HOST}/2015/03/parti", "2015-06-01", "", status=404),
        record("http://autre.example/2015/03/x", "2015-03-02", FIRST),
    )
    for words in (("init", "gard"), ("add", "gard", str(warc))):
        subprocess.run([BIN / "wb-manager", *words], cwd=folder, check=True, capture_output=True)
    with _served(folder) as address:
        yield address


def test_captures_of_a_real_pywb_become_articles_and_revisions(pywb, tmp_path):
    scrapy = Scrapy(tmp_path / "output")
    allow(scrapy)
    done = fill(scrapy, f"cdx:{pywb}")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    articles = alescrawl.load_articles(scrapy.output)
    assert dict(articles[["title", "revision"]].itertuples(index=False)) == {
        "Une halle ouvre": 3,
        "Un pont ouvre": 1,
    }
    assert "nothing that is not read already" in fill(scrapy, f"cdx:{pywb}").stdout
