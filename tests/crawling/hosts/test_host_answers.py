"""The files of a host are read once for all that wait, and again in a run that takes long."""

import asyncio

import pytest
from scrapy import Request

from alescrawl.crawling.hosts.host_files import HostAnswers


def asked_for(paths, **kept):
    """Ask for all *paths* at once, then once more; return what was read, in order."""
    read = []

    async def note(request):
        read.append(request.url)
        await asyncio.sleep(0)
        return len(read)

    async def ask():
        answers = HostAnswers(note, **kept)
        requests = [Request(f"https://journal.example{path}") for path in paths]
        await asyncio.gather(*map(answers.get, requests))
        await answers.get(requests[0])

    asyncio.run(ask())
    return read


def test_a_host_is_read_once_for_all_that_wait():
    assert asked_for(["/a", "/b", "/c"]) == ["https://journal.example/a"]


def test_what_is_too_old_is_read_again():
    assert len(asked_for(["/a"], kept_for=-1.0)) == 2


def test_a_request_that_is_cancelled_leaves_the_answer_to_the_others():
    async def read(_request):
        await asyncio.sleep(0.01)
        return "rules"

    async def ask():
        answers = HostAnswers(read)
        request = Request("https://journal.example/a")
        first = asyncio.ensure_future(answers.get(request))
        await asyncio.sleep(0)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        return await answers.get(request)

    assert asyncio.run(ask()) == "rules"
