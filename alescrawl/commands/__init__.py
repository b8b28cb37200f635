"""Scrapy sub-commands of this project.

Ctrl-C before a crawl has its own handler ends a command without a traceback.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

_TELL = sys.excepthook


def _tell(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        print("interrupted", file=sys.stderr)  # noqa: T201 - for the user
    else:
        _TELL(kind, error, traceback)


sys.excepthook = _tell
