"""An object store for tests: rclone serves a folder on loopback in S3's protocol."""

from __future__ import annotations

import re
import subprocess
import sysconfig
from pathlib import Path
from typing import Self

BUCKET = "journaux"
_RCLONE = Path(sysconfig.get_path("scripts"), "rclone")
_STARTED = re.compile(rb"Starting s3 server on \[http://127\.0\.0\.1:(\d+)/")


class ObjectStore:
    """A context manager; what is stored lies below *root*, a bucket a folder, an object a file.

    ``environment`` is what a user of it sets, by the names that AWS gives.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._port = 0
        (root / BUCKET).mkdir(parents=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server; after a stop at the port it had."""
        words = [_RCLONE, "--config", "", "serve", "s3", "--addr", f"127.0.0.1:{self._port}"]
        words += ["--auth-key", "cle,secret", self.root]
        self._process = subprocess.Popen(words, stderr=subprocess.PIPE)
        for line in self._process.stderr:
            if found := _STARTED.search(line):
                self._port = int(found[1])
                return
        raise RuntimeError("rclone did not start")

    def stop(self) -> None:
        """Stop the server; what is stored stays."""
        self._process.kill()
        self._process.communicate()

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

    def files(self, prefix: str) -> dict[str, int]:
        """Return the names of what is stored below a prefix, with the time of each."""
        folder = self.root / BUCKET / prefix
        files = (path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in files}
