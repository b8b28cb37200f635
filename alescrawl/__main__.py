"""The command `alescrawl`: `scrapy` with the settings of this project, in any folder."""

from __future__ import annotations

import os

from scrapy.cmdline import execute


def main() -> None:
    """Run the `scrapy` command that was typed; whatever scrapy.cfg is near is not read."""
    os.environ["SCRAPY_SETTINGS_MODULE"] = "alescrawl.settings"
    execute()


if __name__ == "__main__":
    main()
