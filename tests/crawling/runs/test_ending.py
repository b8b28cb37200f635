"""What ends with a crawl is told where it matters, and only there."""

import logging

import pytest
from twisted.internet.defer import AlreadyCalledError
from twisted.internet.error import AlreadyCalled

from alescrawl.crawling.runs.ending import hush_late_timers


@pytest.mark.parametrize(
    ("error", "told"), [(AlreadyCalledError(), 0), (AlreadyCalled(), 0), (ValueError("a"), 1)]
)
@pytest.mark.parametrize("logger", ["twisted", "asyncio", "scrapy"])
def test_a_timer_that_fires_as_its_connection_closes_is_no_fault(caplog, logger, error, told):
    hush_late_timers()
    logging.getLogger(logger).error("Unhandled", exc_info=(type(error), error, None))
    assert len(caplog.records) == told
