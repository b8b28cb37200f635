"""Fixtures: an object store, and an address in it."""

from __future__ import annotations

import pytest
from object_store import BUCKET, ObjectStore
from scrapy_command import Scrapy

from alescrawl.dataset.folder import Folder, storage_at


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    root = tmp_path_factory.mktemp("store")
    with ObjectStore(root) as running, pytest.MonkeyPatch.context() as environment:
        for name, value in running.environment.items():
            environment.setenv(name, value)
        yield running


@pytest.fixture
def elsewhere(store, tmp_path, monkeypatch):  # noqa: ARG001 - it runs
    """Commands with an address and a state of the test's own, and both in this process."""
    monkeypatch.setenv("ALESCRAWL_STATE", str(tmp_path / "state"))
    output = Folder(tmp_path / "state", storage_at(f"s3://{BUCKET}/{tmp_path.name}"))
    output.prepare()
    return Scrapy(str(output.published)), output
