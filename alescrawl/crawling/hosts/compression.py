"""Content encodings, with one check more than Scrapy makes: that the body is whole."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest, ResponseDataLossError

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response
    from scrapy.http.headers import Headers

_SIZE_FIELD = 4
LONGEST_HEADERS = 256 * 1024
"""Bytes; servers send some kilobytes, and they are kept in the archive."""


class WholeBodyMiddleware(HttpCompressionMiddleware):
    """Decodes bodies as Scrapy does, but takes a cut gzip stream for the lost data it is.

    Scrapy returns what could be read of it, and half an article would pass for the whole.
    """

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return the decoded response; raise :exc:`ResponseDataLossError` where it was cut."""
        del spider  # Scrapy's old signature; it warns where one is passed
        if _size_of(response.headers) > LONGEST_HEADERS:
            raise IgnoreRequest(f"headers above maxsize ({LONGEST_HEADERS})")
        # Read first: decoding takes the header away.
        encodings = response.headers.getlist("Content-Encoding")
        decoded = super().process_response(request, response)
        if isinstance(decoded, Request) or encodings != [b"gzip"]:
            return decoded
        if is_cut(response.body, decoded.body):
            raise ResponseDataLossError("the gzip stream ends early")
        return decoded


def _size_of(headers: Headers) -> int:
    return sum(len(n) + sum(map(len, values)) for n, values in headers.items())


def is_cut(packed: bytes, unpacked: bytes) -> bool:
    """Return whether the gzip stream *packed*, read as *unpacked*, lacks its end."""
    declared = int.from_bytes(packed[-_SIZE_FIELD:], "little")
    if declared == len(unpacked) % 2**32:
        return False
    # The size field speaks of the last of several joined streams: look closer.
    return not _ends_well(packed)


def _ends_well(packed: bytes) -> bool:
    rest = packed
    while rest:
        stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            stream.decompress(rest)
        except zlib.error:
            return False
        if not stream.eof:
            return False
        rest = stream.unused_data
    return True
