"""An object store for tests: rclone serves a folder on loopback in S3's protocol."""

from __future__ import annotations

import re
import subprocess
import sysconfig
import time
from pathlib import Path
from typing import Self

BUCKET = "journaux"
_RCLONE = Path(sysconfig.get_path("scripts"), "rclone")
_REQUEST = re.compile(
    r"serve s3: (GET|HEAD|CREATE|LIST) "
    r"(?:BUCKET$|OBJECT:?(?: Bucket:)? \S+ (?:Object: )?(\S+))"
)
_METHODS = {"GET": "GET", "HEAD": "HEAD", "CREATE": "PUT", "LIST": "LIST"}
_STARTED = re.compile(rb"Starting s3 server on \[http://127\.0\.0\.1:(\d+)/")


class ObjectStore:
    """A context manager; what is stored lies below *root*, a bucket a folder, an object a file.

    ``environment`` is what a user of it sets, by the names that AWS gives.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._port = 0
        self._log = root.with_name(f"{root.name}.log")
        (root / BUCKET).mkdir(parents=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server; after a stop at the port it had."""
        words = [_RCLONE, "--config", "", "serve", "s3", "--addr", f"127.0.0.1:{self._port}"]
        words += ["--auth-key", "cle,secret", "-vv", self.root]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(words, stderr=log)
        while not (found := _STARTED.search(self._log.read_bytes())):
            if self._process.poll() is not None:
                raise RuntimeError("rclone did not start")
            time.sleep(0.01)
        self._port = int(found[1])

    def stop(self) -> None:
        """Stop the server; what is stored stays."""
        self._process.kill()
        self._process.wait()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self._port}",
            "AWS_ACCESS_KEY_ID": "cle",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "eu-west-3",
            # As other servers than Amazon's, it takes no checksum behind a body.
            "AWS_REQUEST_CHECKSUM_CALCULATION": "when_required",
        }

    def requests(self) -> list[tuple[str, str]]:
        """Return what was asked since the server was started: GET, HEAD, PUT or LIST, and of what.

        The name of what is listed is empty.
        """
        lines = self._log.read_text("utf-8").splitlines()
        found = (_REQUEST.search(line) for line in lines)
        return [(_METHODS[each[1]], each[2] or "") for each in found if each]

    def files(self, prefix: str) -> dict[str, int]:
        """Return the names of what is stored below a prefix, with the time of each."""
        folder = self.root / BUCKET / prefix
        files = (path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in files}
