"""Published files in an object store that speaks S3's protocol: ``s3://bucket/prefix``."""

from __future__ import annotations

import hashlib
import io
import os
import re
from contextlib import contextmanager, suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.storage.files import Storage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pyarrow import fs

SCHEME: Final = "s3://"

_PARAMETERS: Final = ("endpoint_override", "region", "scheme")
"""Of an address, under the names that pyarrow gives them: pandas reads the same address."""

_SECOND: Final = 1_000_000_000
"""Nanoseconds."""
_CONNECT_SECONDS: Final = 5.0
_ANSWER_SECONDS: Final = 60.0

_CREDENTIALS = (
    "it refuses these credentials: check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
    "and what they may do"
)
_NO_BUCKET = "there is no such bucket: make it, or name another one"
_TOLD: Final = {
    "NETWORK_CONNECTION": "it cannot be reached: check AWS_ENDPOINT_URL, or endpoint_override in "
    "the address, and the network",
    "NO_SUCH_BUCKET": _NO_BUCKET,
    "ACCESS_DENIED": _CREDENTIALS,
    "INVALID_ACCESS_KEY_ID": _CREDENTIALS,
    "INVALID_SIGNATURE": _CREDENTIALS,
    "SIGNATURE_DOES_NOT_MATCH": _CREDENTIALS,
    "MissingContentLength": "it takes no checksums behind a body: set the environment variable "
    "AWS_REQUEST_CHECKSUM_CALCULATION=when_required",
}


class ObjectStorage(Storage):
    """The objects below the prefix of an *address*: ``s3://bucket/prefix?region=…``.

    Credentials are those of the usual environment variables, or of ~/.aws; so is what the
    address does not say. An upload is whole or not at all, and is compared with what was sent.
    """

    # A listing and the answer to an upload round otherwise, and some servers write a little later.
    time_tolerance = 2 * _SECOND
    # The client asks again after drops and 500s by itself, but not after an answer that is cut.
    attempts = 4

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._bucket = parts.netloc
        options = dict(parse_qsl(parts.query))
        if unknown := [name for name in options if name not in _PARAMETERS]:
            raise DatasetError(
                f"{unknown[0]} cannot be part of an s3:// address: {', '.join(_PARAMETERS)} can"
            )
        if "@" in parts.netloc:
            raise DatasetError(
                "an address is written to logs and is no place for a password: set "
                "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment"
            )
        if not self._bucket:
            raise DatasetError(f"{address} names no bucket: write s3://BUCKET/PREFIX")
        root = "/".join(part for part in (self._bucket, *parts.path.split("/")) if part)
        super().__init__(root, f"{SCHEME}{root}")
        with _plain_errors(str(self), "reach"):
            self._filesystem = _filesystem(self._bucket, options)
        self._uploaded: dict[str, int] = {}

    @property
    def filesystem(self) -> fs.FileSystem:
        """The store's, with its own retries and time limits."""
        return self._filesystem

    @contextmanager
    def plain_errors(self) -> Iterator[None]:
        """Raise :exc:`DatasetError` where the server refuses or cannot be reached."""
        with _plain_errors(str(self), "read"):
            yield

    def stamp(self, folder: str, keys: Collection[str]) -> object:
        """Return size and time of each object: what is read in pieces may be of two of them."""
        wanted = {self.path(key) for key in keys}
        found = self.listing(folder)
        return {info.path: (info.mtime_ns, info.size) for info in found if info.path in wanted}

    def modified(self, key: str) -> int:
        """Return when the object that was put at *key* last was written, as the store says."""
        return self._uploaded.get(key, 0)

    @contextmanager
    def replacing(self, key: str) -> Iterator[IO[bytes]]:
        """Give a file in memory, which is uploaded at the end."""
        with io.BytesIO() as file:
            yield file
            with _plain_errors(self.name(key), "write"):
                self._upload(key, file.getvalue())

    def _upload(self, key: str, data: bytes) -> None:
        # In one piece: a stream that is closed by an error would be taken for a whole one.
        with self.filesystem.open_output_stream(self.path(key)) as stream:
            stream.write(data)
        if not self._holds(key, data):
            raise DatasetError(
                f"{self.name(key)} does not read back as it was sent: run again; "
                "nothing collected is lost"
            )

    def _holds(self, key: str, data: bytes) -> bool:
        with self.filesystem.open_input_file(self.path(key)) as stored:
            told = stored.metadata() or {}
            self._uploaded[key] = _nanoseconds(told.get("Last-Modified", b"").decode())
            etag = told.get("ETag", b"").strip(b'"').decode()
            # An MD5 of the whole, but for what is encrypted or came in several pieces.
            same = etag == hashlib.md5(data, usedforsecurity=False).hexdigest()
            return same or bool(stored.read() == data)

    def prepare(self) -> None:
        """Raise :exc:`DatasetError` where there is no such bucket."""
        with self.plain_errors():
            info = self.filesystem.get_file_info(self._bucket)
        if info.type.name == "NotFound":
            raise DatasetError(f"cannot use {self}: {_NO_BUCKET}")


def _nanoseconds(moment: str) -> int:
    """Return a moment as HTTP, or ISO 8601, writes it; 0 where it is none."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError):
            return int(read(moment).timestamp()) * _SECOND
    return 0


def _filesystem(bucket: str, options: dict[str, str]) -> fs.S3FileSystem:
    from pyarrow import fs  # noqa: PLC0415 - slow to import, and often not needed

    endpoint = options.get("endpoint_override") or _variable(
        "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"
    )
    region = options.get("region") or _variable("AWS_REGION", "AWS_DEFAULT_REGION")
    if region is None and endpoint is None:
        region = fs.resolve_s3_region(bucket)
    return fs.S3FileSystem(
        region=region,
        endpoint_override=endpoint,
        scheme=options.get("scheme"),
        connect_timeout=_CONNECT_SECONDS,
        request_timeout=_ANSWER_SECONDS,
        # What is small is one request, of which a killed process leaves nothing.
        allow_delayed_open=True,
    )


def _variable(*names: str) -> str | None:
    """Return the first of some environment variables that is set."""
    return next((value for name in names if (value := os.environ.get(name))), None)


@contextmanager
def _plain_errors(name: str, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DatasetError(f"cannot {what} {name}: {_told(error)}") from error


def _told(error: OSError) -> str:
    message = " ".join(str(error).split())
    for word in re.findall(r"\w+", message):
        if word in _TOLD:
            return _TOLD[word]
    return f"{message}: check the address, the keys and the network"
