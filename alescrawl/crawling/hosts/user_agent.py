"""Who asks: an honest user agent with a way to reach whoever runs the crawl."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl import __version__

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


class Identity:
    """Scrapy add-on: makes the user agent from ``ALESCRAWL_CONTACT``.

    A user agent that is set in the project or on the command line stays.
    """

    def update_settings(self, settings: BaseSettings) -> None:
        """Set ``USER_AGENT``."""
        contact = settings["ALESCRAWL_CONTACT"]
        about = f"+{contact}" if contact else "no contact given"
        agent = f"alescrawl/{__version__} ({about})"
        settings.set("USER_AGENT", agent, priority="addon")
