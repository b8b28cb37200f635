"""What a reader's browser gets."""

from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import Message


def get(url: str) -> tuple[str, Message]:
    """Return the text at *url* and the headers. Raises ``HTTPError`` for 4xx and 5xx."""
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read().decode(), answer.headers
