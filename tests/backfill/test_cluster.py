"""On a Dask cluster: the same rows, whatever dies; no page goes through the scheduler."""

import os
import signal
import time

import pytest
from captured_pages import fill, rows, shown
from captures import HOST, allow, record, write_warc
from dask_cluster import DaskCluster, kill

from alescrawl.crawling.engine.cluster import Cluster
from alescrawl.crawling.engine.work import EngineLost, Work

pytest.importorskip("distributed", reason="the extra `cluster` installs it")


class Deadly:
    """Ends its process for « die », is slow for « wait », else answers in capitals."""

    def read(self, item):
        if item == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.3 if item == "wait" else 0)
        return item.upper()

    def close(self):
        pass


WORK = Work(Deadly, (), lambda item: f"{item} ended each worker")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with DaskCluster(tmp_path_factory.mktemp("dask")) as running:
        yield running


def test_captures_are_read_on_the_cluster_as_here(cluster, scrapy, tmp_path):
    allow(scrapy)
    pages = [
        record(f"http://{HOST}/2015/03/halle-{n}", "2015-03-02", shown(f"La halle {n}", "Étals"))
        for n in range(12)
    ]
    path = write_warc(tmp_path / "a.warc.gz", *pages)
    done = fill(scrapy, f"warc:{path}", "--cluster", cluster.address)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert sorted(rows(scrapy).title) == sorted(f"La halle {n}" for n in range(12))
    assert not list((scrapy.output / "raw").rglob("*.gz"))


def test_a_killed_worker_s_part_is_done_again(cluster):
    engine = Cluster(WORK, cluster.address)
    items = ["wait", *map(str, range(20)), "wait", "wait", "end"]
    read = []
    for number, each in enumerate(engine.read(items)):
        read.append(each)
        if number == 1:
            kill(cluster.workers.pop())
            cluster.workers.append(cluster.start_worker())
    engine.close()
    assert read == [(item, item.upper()) for item in items]


def test_an_item_that_ends_its_worker_twice_is_left(cluster):
    engine = Cluster(WORK, cluster.address)
    cluster.workers += [cluster.start_worker(), cluster.start_worker()]
    engine._client.wait_for_workers(4, timeout=60)
    read = dict(engine.read(["a", "die", *map(str, range(10))]))
    engine.close()
    assert read.pop("die") == "die ended each worker"
    assert read == {item: item.upper() for item in read}


def test_a_path_that_a_worker_does_not_see_is_said(cluster, scrapy, tmp_path):
    with pytest.raises(Exception, match="does not see /not/there"):
        Cluster(WORK, cluster.address, ["/not/there"])
    no_scheduler = fill(scrapy, f"warc:{tmp_path}", "--cluster", "tcp://127.0.0.1:9")
    assert no_scheduler.returncode == 2


@pytest.mark.long
def test_a_killed_scheduler_ends_the_reading_in_a_line(cluster):
    engine = Cluster(WORK, cluster.address)
    reading = engine.read(["wait"] * 40)
    next(reading)
    kill(cluster.scheduler)
    with pytest.raises(EngineLost, match="the same command goes on"):
        list(reading)
    engine.close()
