"""A MariaDB of one's own: a folder, a socket, no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from typing import TYPE_CHECKING, Self

from partner import PATIENCE, CannotRunError, end, start

if TYPE_CHECKING:
    from pathlib import Path

FRUGAL = (
    "--skip-networking",
    "--innodb-buffer-pool-size=32M",
    "--innodb-log-file-size=8M",
    "--innodb-flush-log-at-trx-commit=0",
    "--skip-log-bin",
    "--performance-schema=OFF",
)


class MariaDb:
    """A context manager; ``socket`` is where the database « wordpress » is found."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "sql"

    def __enter__(self) -> Self:
        server = shutil.which("mariadbd", path=os.environ.get("PATH", "") + ":/usr/sbin")
        if server is None or shutil.which("mariadb-install-db") is None:
            raise CannotRunError("MariaDB is not installed: run tests/cms/install.sh as root")
        self.folder.mkdir(parents=True, exist_ok=True)
        data = f"--datadir={self.folder / 'data'}"
        user = ["--user=root"] if os.getuid() == 0 else []
        create = ["mariadb-install-db", "--no-defaults", data, *user, "--skip-test-db"]
        subprocess.run(
            [*create, "--auth-root-authentication-method=normal"], check=True, capture_output=True
        )
        command = [server, "--no-defaults", data, f"--socket={self.socket}", *FRUGAL, *user]
        self.server = start(command, self.folder / "mariadb.log", {})
        self._create_database()
        return self

    def __exit__(self, *_: object) -> None:
        end(self.server)

    def _create_database(self) -> None:
        client = ["mariadb", "--no-defaults", f"--socket={self.socket}", "--user=root"]
        limit = time.monotonic() + PATIENCE
        while subprocess.run(
            [*client, "-e", "CREATE DATABASE IF NOT EXISTS wordpress"],
            check=False,
            capture_output=True,
        ).returncode:
            if self.server.poll() is not None or time.monotonic() > limit:
                raise CannotRunError((self.folder / "mariadb.log").read_text("utf-8")[-500:])
            time.sleep(0.1)
