"""Reading robots.txt (RFC 9309): the rules for this program among those for others."""

from __future__ import annotations

import codecs
import re

from protego import Protego
from scrapy.robotstxt import ProtegoRobotParser

from alescrawl.crawling.host_files import LONGEST_READ

_OTHER = "another-agent"
_AGENT_LINE = re.compile(r"^(\s*user-?\s?agent\s*:)\s*([A-Za-z_-]+|\*)?.*$", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class RobotsRules(ProtegoRobotParser):
    """The rules of one robots.txt for the product token *agent*.

    ``rp`` holds them as Protego has them; other agents' groups are there, but not their names.
    """

    def __init__(self, body: bytes, agent: str) -> None:
        self._agent = agent
        self.rp = Protego.parse(for_agent(decode(body), agent))

    def allows(self, url: str) -> bool:
        """Return whether *url* may be asked for."""
        return self.rp.can_fetch(url, self._agent)

    @property
    def delay(self) -> float | None:
        """The Crawl-delay in seconds."""
        return self.rp.crawl_delay(self._agent)


def decode(body: bytes) -> str:
    """Return the text of a robots.txt: UTF-8 as it should be, UTF-16 by its mark, else CP1252.

    Of a longer file only the first 500 KiB are read, to the last line that is whole.
    """
    if len(body) > LONGEST_READ:
        body = body[:LONGEST_READ].rpartition(b"\n")[0]
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def for_agent(text: str, agent: str) -> str:
    """Return *text* with each group named for *agent*, for all, or for another.

    Protego takes the group of « ales » for one of « alescrawl », and that of « alescrawl/1.0 »
    for another's; RFC 9309, section 2.2.1, compares product tokens whole, without a version.
    """
    return "\n".join(_named(line, agent) for line in text.splitlines())


def _named(line: str, agent: str) -> str:
    found = _AGENT_LINE.match(line)
    if found is None:
        return line
    token = (found[2] or "").lower()
    if token not in {"*", agent.lower()}:
        token = _OTHER
    return f"{found[1]} {token}"
