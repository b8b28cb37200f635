"""A process that has imported all that `scrapy` commands need, and forks one for each request.

    python fork_server.py SOCKET

Ends with its standard input. A request is a dict with ``words``, ``folder``, ``environment`` and
the files ``stdout`` and ``stderr``; the answers are the command's process id and its exit code.
"""

from __future__ import annotations

import gc
import os
import pkgutil
import select
import signal
import socket
import sys
import traceback
import warnings
from importlib import import_module
from multiprocessing.connection import Connection

PACKAGES = (
    *("alescrawl.commands", "alescrawl.crawling", "alescrawl.dataset", "alescrawl.pipelines"),
    *("alescrawl.report", "alescrawl.spiders", "alescrawl.watch"),
    *("scrapy.commands", "scrapy.downloadermiddlewares", "scrapy.extensions"),
    "scrapy.spidermiddlewares",
)
MODULES = (
    *("scrapy.cmdline", "scrapy.core.engine", "scrapy.dupefilters", "scrapy.exporters"),
    *(f"scrapy.core.downloader.handlers.{name}" for name in ("datauri", "file", "ftp", "s3")),
    "scrapy.core.downloader.handlers.http11",
    *("scrapy.logformatter", "scrapy.pqueues", "scrapy.robotstxt", "scrapy.squeues"),
    *("scrapy.statscollectors", "scrapy.utils.console", "scrapy.utils.test"),
    *("pandas", "protego", "pyarrow.compute", "pyarrow.dataset", "pyarrow.parquet"),
    *("rich.console", "rich.live", "rich.table"),
    *("_strptime", "concurrent.futures.process", "smtplib", "xml.sax.saxutils"),
)
"""What most commands import; nothing of it depends on the environment, as the settings do."""


def warm() -> None:
    """Import, and read the lists of names, what else each command would do anew."""
    for package in PACKAGES:
        for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
            import_module(module.name)
    for name in MODULES:
        import_module(name)
    alescrawl = import_module("alescrawl")
    text = "À Alès, dit Jeanne Mercoiret, maire, Laines Peyrolle crée cinq emplois le 3 mars 2026."
    alescrawl.find_mentions(text)
    alescrawl.assess_relevance(text, text)
    alescrawl.extract_article(
        f"<article><h1>{text}</h1><p>{text}</p></article>", "https://a.example"
    )
    # A reactor cannot be forked.
    assert "twisted.internet.reactor" not in sys.modules


def serve(path: str) -> None:
    """Fork for each request that comes to the socket at *path*, until standard input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # those who wait for the commands leave no trace
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        while sys.stdin not in select.select([listening, sys.stdin], [], [])[0]:
            asking, _ = listening.accept()
            with Connection(asking.detach()) as connection:
                if os.fork() == 0:
                    listening.close()
                    attend(connection)
                    os._exit(0)


def attend(connection: Connection) -> None:
    """Run the command that *connection* asks for, and tell what came of it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    request = connection.recv()
    pid = os.fork()
    if pid == 0:
        connection.close()
        os._exit(run(**request))
    connection.send(pid)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    connection.send(code)


def run(
    words: list[str], folder: str, environment: dict[str, str], stdout: str, stderr: str
) -> int:
    """Be `scrapy` with *words*; return the exit code."""
    for number, (name, flags) in enumerate(
        ((os.devnull, os.O_RDONLY), (stdout, os.O_WRONLY), (stderr, os.O_WRONLY))
    ):
        os.dup2(os.open(name, flags), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    paths = environment.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:0] = [folder, *(path for path in paths if path and path not in sys.path)]
    sys.argv = ["scrapy", *words]
    try:
        import_module("scrapy.cmdline").execute()
    except SystemExit as ended:
        if isinstance(ended.code, str):
            sys.stderr.write(f"{ended.code}\n")
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code


if __name__ == "__main__":
    with warnings.catch_warnings(action="ignore"):
        warm()
    gc.freeze()  # a collection in a forked process would copy every page of these
    serve(sys.argv[1])
