"""A real content management system as the partner of a test: what every one of them offers."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

PHP = Path(__file__).with_name("php")
HOME = Path(
    os.environ.get("ALESCRAWL_CMS")
    or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "alescrawl-cms"
)
"""Where install.sh unpacks the systems."""
PATIENCE = 30.0
"""Seconds that a server may take to answer for the first time."""


class CannotRunError(Exception):
    """What a content management system needs is not on this machine."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """What a site holds published at *url*; *published* has its zone, *text* is without title.

    The lead is part of the text where the page shows it there.
    """

    id: int
    url: str
    title: str
    authors: list[str]
    published: datetime
    text: str


@dataclass(frozen=True)
class Asked:
    """One request as the access log has it; *time* in seconds since 1970."""

    time: float
    path: str
    status: int
    agent: str
    conditional: bool
    url: str = ""


class Cms(ABC):
    """A site on loopback, filled with articles; a context manager.

    *folder* is for what it writes. Raises :exc:`CannotRunError` where it cannot run.
    """

    system = ""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.held: dict[int, Published] = {}

    def truth(self) -> dict[str, Published]:
        """Return what is published, by address."""
        return {article.url: article for article in self.held.values()}

    def edit(self, number: int) -> str:
        """Add a paragraph to article *number*, as an editor does, and return it."""
        sentence = f"Mise à jour : l’affaire numéro {number} a été tranchée dans la journée."
        self.add_paragraph(number, sentence)
        article = self.held[number]
        self.held[number] = replace(article, text=f"{article.text}\n\n{sentence}")
        return sentence

    def delete(self, number: int) -> None:
        """Withdraw article *number*."""
        self.withdraw(number)
        del self.held[number]

    def log(self, since: float = 0.0) -> list[Asked]:
        """Return the requests from *since* (seconds since 1970) on, in the order of their ends.

        What the system asks of itself, without a user agent, is left out.
        """
        lines = (self.folder / "access.log").read_text("utf-8").splitlines()
        asked = (Asked(**json.loads(line)) for line in lines)
        return [
            replace(each, url=self.url + each.path)
            for each in asked
            if each.agent and each.time >= since
        ]

    def be_busy(self, seconds: float) -> None:
        """Answer 429 with Retry-After to whoever asks within the next *seconds*."""
        (self.folder / "busy").write_text(str(time.time() + seconds), "utf-8")

    @abstractmethod
    def set_robots(self, *lines: str) -> None:
        """Add *lines* for all crawlers to robots.txt, in place of those that were added before."""

    @abstractmethod
    def add_paragraph(self, number: int, sentence: str) -> None:
        """Add *sentence* to the end of article *number*."""

    @abstractmethod
    def withdraw(self, number: int) -> None:
        """Take article *number* off the site."""

    @abstractmethod
    def start(self) -> None:
        """Start, install and fill the site."""

    def stop(self) -> None:
        """Stop the web server."""
        if hasattr(self, "server"):
            end(self.server)

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def environment(self) -> dict[str, str]:
        """Return what the PHP scripts are told."""
        return {
            "CMS_URL": self.url,
            "CMS_LOG": str(self.folder / "access.log"),
            "CMS_BUSY": str(self.folder / "busy"),
        }

    def serve(self, root: Path, front: str) -> None:
        """Start PHP's own web server for *root*, whose clean addresses *front* answers."""
        (self.folder / "access.log").touch()
        self.server = start(
            [*php(), "-S", f"127.0.0.1:{self.port}", "-t", str(root), str(PHP / "router.php")],
            self.folder / "php.log",
            {**self.environment(), "CMS_FRONT": front, "PHP_CLI_SERVER_WORKERS": "3"},
        )
        wait_for(self.url, self.server)

    def script(self, name: str, root: Path, command: str, given: Mapping[str, Any]) -> Any:
        """Run a command of the editor's script *name* and return what it answers."""
        done = subprocess.run(
            [*php(), str(PHP / name), str(root), command],
            input=json.dumps(given),
            env={**os.environ, **self.environment()},
            capture_output=True,
            text=True,
            check=False,
        )
        try:
            return json.loads(done.stdout)
        except ValueError:
            raise RuntimeError(f"{name} {command}: {done.stdout}{done.stderr}") from None


def php() -> list[str]:
    """Return the command of PHP, quick and silent."""
    settings = ("opcache.enable_cli=1", "display_errors=stderr", "date.timezone=Europe/Paris")
    return ["php", *(word for setting in settings for word in ("-d", setting))]


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(command: list[str], log: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a server in a process group of its own."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**os.environ, **environment},
            start_new_session=True,
        )


def end(server: subprocess.Popen[bytes]) -> None:
    """End a server and its workers."""
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(PATIENCE)


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until *url* answers, whatever it answers."""
    limit = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(url + "/robots.txt", timeout=PATIENCE).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            if server.poll() is not None or time.monotonic() > limit:
                raise
            time.sleep(0.1)
        else:
            return
