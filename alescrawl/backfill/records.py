"""One record of a WARC as the page that it is: whole, of the digest stated, decoded."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zlib
from typing import IO, TYPE_CHECKING, Final

from alescrawl.items import RawPage

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

    from alescrawl.dataset.ledger.captures import Capture

LONGEST_PAGE: Final = 16 * 1024 * 1024
"""Bytes: what is longer is no article's page."""
_OF_TRANSPORT: Final = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_CHUNK: Final = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]*\r\n")
_BASE32_SHA1: Final = 32
_HEX_SHA1: Final = 40
_OK: Final = 200


class Unusable(Exception):  # noqa: N818 - what the capture is
    """A capture brings no page; ``reason`` says why, as it is counted."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def digest_of(body: bytes) -> str:
    """Return the SHA-1 of *body* in Base32, as web archives write it."""
    return base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


def stated_digest(text: str | None) -> str:
    """Return a digest as it is compared: SHA-1 in Base32; empty where none is stated.

    Of another algorithm it keeps its name: ``sha256:…``.
    """
    algorithm, _, value = (text or "").strip().rpartition(":")
    if algorithm.lower() not in {"", "sha1"}:
        return f"{algorithm.lower()}:{value}"
    if len(value) == _HEX_SHA1:
        return base64.b32encode(bytes.fromhex(value)).decode()
    return value.upper() if len(value) == _BASE32_SHA1 else ""


def record_url(record: WarcRecord) -> str | None:
    """Return the address that *record* is of; wget writes it in angle brackets."""
    found = record.headers.get("WARC-Target-URI")
    return found.strip("<> ") if found else None


def read_record(stream: IO[bytes], offset: int, capture: Capture) -> RawPage:
    """Return the page of *capture*, whose record begins at *offset*.

    Raises :exc:`Unusable` where it is cut, damaged, too long, or another page than the index says.
    """
    record = _record_at(stream, offset, decode=False)
    _check(record, capture)
    body = record.reader.read(LONGEST_PAGE + 1)
    if len(body) < record.content_length:
        raise Unusable("cut_short")
    headers = [(str(n), str(v)) for n, v in record.http_headers.items()]
    named = {name.lower() for name, _ in headers}
    plain = body
    if named & {"content-encoding", "transfer-encoding"}:
        plain = _decoded(stream, offset) or body
    stated = capture.digest or stated_digest(record.headers.get("WARC-Payload-Digest"))
    check_digest(stated, body, plain)
    kept = [(name, value) for name, value in headers if name.lower() not in _OF_TRANSPORT]
    return RawPage(capture.url, _OK, kept, plain)


def check_digest(stated: str, body: bytes, plain: bytes) -> None:
    """Raise :exc:`Unusable` where *stated* is the digest of no form of the payload.

    Archives hash it as it came, without its chunks, or decoded.
    """
    if stated and stated not in (_like(stated, form) for form in _forms(body, plain)):
        raise Unusable("wrong_digest")


def _forms(body: bytes, plain: bytes) -> list[bytes]:
    return [body, plain, _without_chunks(body)]


def _like(stated: str, body: bytes) -> str:
    """Return the digest of *body* by the algorithm and in the form of *stated*."""
    algorithm, _, value = stated.rpartition(":")
    if not algorithm:
        return digest_of(body)
    name = algorithm.replace("-", "")
    if name not in {"sha256", "sha512", "md5"}:
        return stated  # not to be checked
    hashed = hashlib.new(name, body, usedforsecurity=False)
    is_hex = len(value) == 2 * hashed.digest_size
    found = hashed.hexdigest() if is_hex else base64.b32encode(hashed.digest()).decode()
    return f"{algorithm}:{found.lower() if value.islower() else found}"


def _without_chunks(body: bytes) -> bytes:
    parts, position = [], 0
    while (found := _CHUNK.match(body, position)) is not None:
        length = int(found[1], 16)
        parts.append(body[found.end() : found.end() + length])
        position = found.end() + length + 2
        if not length:
            return b"".join(parts)
    return body


def _record_at(stream: IO[bytes], offset: int, *, decode: bool) -> WarcRecord:
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 - an extra

    stream.seek(offset)
    try:
        found = ArchiveIterator(stream, auto_decode="all" if decode else "none")
        return next(iter(found))
    except (OSError, ValueError, EOFError, StopIteration, zlib.error) as error:
        raise Unusable("damaged") from error


def _check(record: WarcRecord, capture: Capture) -> None:
    if str(record.record_type) == "revisit":
        raise Unusable("revisit_without_original")
    if record.http_headers is None or record_url(record) != capture.url:
        raise Unusable("other_record")
    if record.http_headers.status_code != _OK:
        raise Unusable(f"http_{record.http_headers.status_code}")
    if record.content_length > LONGEST_PAGE:
        raise Unusable("too_long")


def _decoded(stream: IO[bytes], offset: int) -> bytes | None:
    """Return the payload without its encodings; nothing where it has none of those it names."""
    try:
        body: bytes = _record_at(stream, offset, decode=True).reader.read(LONGEST_PAGE + 1)
    except (OSError, ValueError, EOFError, Unusable):
        return None
    if len(body) > LONGEST_PAGE:
        raise Unusable("too_long")
    return body or None


def stream_of(data: bytes) -> IO[bytes]:
    """Return *data* as a stream that can be read more than once."""
    return io.BytesIO(data)
