"""What a run asked of the network: requests, answers by status, bytes, as Scrapy counted them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from scrapy.statscollectors import StatsCollector

_SENT: Final = "downloader/request_count"
_RECEIVED: Final = "downloader/response_bytes"
_STATUS: Final = "downloader/response_status_count/"


def traffic(stats: StatsCollector) -> dict[str, int]:
    """Return counts by name, such as ``traffic/requests`` and ``traffic/status/304``.

    ``traffic/bytes`` are those that came, headers and compressed bodies.
    """
    counted = {
        "traffic/requests": int(stats.get_value(_SENT, 0)),
        "traffic/bytes": int(stats.get_value(_RECEIVED, 0)),
    }
    for name, count in stats.get_stats().items():
        if name.startswith(_STATUS):
            counted[f"traffic/status/{name.removeprefix(_STATUS)}"] = int(count)
    return counted
