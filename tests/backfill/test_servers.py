"""Index servers on loopback, in the forms of pywb, Common Crawl and the Wayback Machine."""

from dataclasses import replace
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archive_server import ArchiveServer
from captured_pages import FIRST, SECOND, THIRD, TWIN, A, fill, rows
from captures import HOST, allow, record, write_warc
from sources.captured import Captured

from alescrawl.backfill.client import Client
from alescrawl.backfill.fetching import Fetcher, bundles
from alescrawl.backfill.public_archives import NewsIndex
from alescrawl.dataset.ledger.window import Window


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("warcs")
    other = f"http://{HOST}/2015/03/un-autre"
    write_warc(
        folder / "one.warc.gz",
        record(A, "2015-03-02", FIRST),
        record("http://autre.example/2015/03/x", "2015-03-02", FIRST),
        record(TWIN, "2015-06-01", SECOND),
        record(other, "2015-06-01", FIRST.replace("Une halle", "Un pont")),
    )
    write_warc(
        folder / "two.warc.gz", record(A, "2016-05-01", THIRD), record(A, "2016-06-01", THIRD)
    )
    with ArchiveServer(folder) as running:
        yield running


@pytest.fixture
def asked(server):
    server.asked.clear()
    server.gone.clear()
    server.busy = 0
    return server


def summary(scrapy):
    return dict(rows(scrapy)[["title", "revision"]].itertuples(index=False))


BOTH = {"Une halle ouvre": 3, "Un pont ouvre": 1}


def test_pages_of_pywb_are_replayed(asked, scrapy):
    allow(scrapy)
    done = fill(scrapy, f"cdx:{asked.url}/coll/cdx")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert summary(scrapy) == BOTH
    assert not [path for path, _ in asked.asked if "autre.example" in path]
    asked.asked.clear()
    assert "nothing that is not read already" in fill(scrapy, f"cdx:{asked.url}/coll/cdx").stdout
    assert not [path for path, _ in asked.asked if "id_" in path]


def test_common_crawl_is_asked_page_by_page_and_its_warcs_in_few_ranges(asked, scrapy):
    allow(scrapy)
    asked.busy = 2
    words = ("--data", f"{asked.url}/data/")
    told = fill(scrapy, f"commoncrawl:{asked.url}/collinfo.json", *words, "--estimate")
    assert "captured 2015: 3 captures, 3 of other content, of 2 addresses" in told.stdout
    assert "captured: at most 3 articles" in told.stdout
    assert not [part for _, part in asked.asked if part]
    asked.asked.clear()
    done = fill(scrapy, f"commoncrawl:{asked.url}/collinfo.json", *words)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert summary(scrapy) == BOTH
    # What was listed is not asked for again, and near records come together.
    assert [path for path, part in asked.asked if "page=" in path] == []
    assert len([part for _, part in asked.asked if part]) == 2
    assert set(rows(scrapy).archive) == {"CC-MAIN-2015-14", "CC-MAIN-2016-22"}


def client():
    return Client("alescrawl/test", pace=0.0, first_wait=0.01)


def test_a_warc_that_is_gone_costs_only_what_it_held(asked):
    asked.gone.add("two.warc.gz")
    found = [
        replace(c, place=c.place._replace(file=f"{asked.url}/data/{c.archive}"))
        for c in asked.captures()
    ]
    fetcher = Fetcher(client())
    read = {each: page for group in bundles(found) for each, page in fetcher.fetch(group)}
    reasons = [getattr(page, "reason", None) for page in read.values()]
    assert sorted(map(str, reasons)) == [*["None"] * 4, *["warc_gone"] * 2]


def test_news_without_an_index_is_looked_through_once_for_all_sources(asked):
    class Other(Captured):
        name = "other"
        hosts = ("autre.example",)
        former_hosts = ()

    both = [Captured, Other]
    index = NewsIndex(client(), "{year}/{month}/warc.paths.gz", asked.url, "2015-03", both)
    window = Window(None, datetime(2015, 3, 20, tzinfo=UTC))
    listed = {
        source.name: [each for part in index.parts(source, window) for each in part.captures()]
        for source in (Captured, Other)
    }
    assert {name: len(found) for name, found in listed.items()} == {"captured": 5, "other": 1}
    assert len([path for path, _ in asked.asked if path.endswith("one.warc.gz")]) == 1
    (own,) = listed["other"]
    ((_, page),) = Fetcher(client()).fetch([own])
    assert b"douze" in page.body


def test_the_wayback_machine_is_replayed(asked, scrapy):
    allow(scrapy)
    done = fill(scrapy, f"wayback:{asked.url}")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert summary(scrapy) == BOTH
    assert set(rows(scrapy).archive) == {"wayback"}


def test_the_columnar_index_is_read_where_it_concerns_the_source(asked, scrapy, tmp_path):
    allow(scrapy)
    found = asked.captures()
    table = pa.table(
        {
            "url": [each.url for each in found],
            "url_host_name": [each.url.split("/")[2] for each in found],
            "fetch_time": pa.array(
                [each.captured_at.astimezone(UTC).replace(tzinfo=None) for each in found],
                pa.timestamp("ms"),
            ),
            "fetch_status": pa.array([200] * len(found), pa.int16()),
            "content_digest": [each.digest for each in found],
            "content_mime_detected": ["text/html"] * len(found),
            "warc_filename": [f"crawl-data/{each.archive}" for each in found],
            "warc_record_offset": pa.array([each.place.offset for each in found], pa.int32()),
            "warc_record_length": pa.array([each.place.length for each in found], pa.int32()),
        }
    )
    for subset in ("warc", "crawldiagnostics"):
        place = tmp_path / f"table/crawl=CC-MAIN-2016-22/subset={subset}/part.parquet"
        place.parent.mkdir(parents=True)
        pq.write_table(table, place, row_group_size=2)
    done = fill(scrapy, f"columnar:{tmp_path}/table", "--data", f"{asked.url}/data/")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert summary(scrapy) == BOTH


@pytest.mark.parametrize(
    ("archive", "told"),
    [
        ("nowhere", "--from nowhere is none; there are: commoncrawl"),
        ("warc:/not/there", "none of .warc"),
    ],
)
def test_what_is_no_archive_is_said_in_a_line(scrapy, archive, told):
    done = fill(scrapy, archive)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_archive_that_does_not_answer_leaves_the_rest_for_another_run(asked, scrapy):
    allow(scrapy)
    fill(scrapy, f"cdx:{asked.url}/coll/cdx", "--estimate")
    asked.busy = 10_000
    quick = ("ALESCRAWL_FIRST_WAIT=0.01",)
    done = fill(scrapy, f"cdx:{asked.url}/coll/cdx", more=quick)
    assert done.returncode == 1
    assert "does not answer (HTTP 503)" in done.stdout
    asked.busy = 0
    assert fill(scrapy, f"cdx:{asked.url}/coll/cdx").returncode == 0
    assert summary(scrapy) == BOTH
