"""The source of the tests, with faults in our own code: some addresses cannot be processed."""

from __future__ import annotations

from sources import tested


class Faults:
    """A pipeline that some articles break."""

    def process_item(self, item):
        if item.title == "Pipeline":
            raise ZeroDivisionError
        return item


class Faulty(tested.Tested):
    custom_settings = {  # noqa: RUF012 - Scrapy's own form
        "ITEM_PIPELINES": {
            "sources.faulty.Faults": 300,
            "alescrawl.pipelines.ledger.LedgerPipeline": 900,
        }
    }

    def is_article_url(self, url):
        if url.endswith("/breaks-the-route"):
            raise ZeroDivisionError
        return super().is_article_url(url)

    async def start(self):
        async for request in super().start():
            yield request
        if self.run.counts["requested"] == 0:
            raise ZeroDivisionError

    def reason_to_refuse(self, read):
        if read.article.title == "Callback":
            raise ZeroDivisionError
        return super().reason_to_refuse(read)
