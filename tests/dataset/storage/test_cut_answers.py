"""An answer of an object store that is cut short is asked for again, as drops and 500s are."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from alescrawl.dataset import schema
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.reading import load
from alescrawl.dataset.reading.load import scan
from alescrawl.dataset.storage.files import LocalStorage
from alescrawl.dataset.storage.parquet import read_rows, write_rows

KEY = "articles/schema.parquet"


class _Cut:
    """A file of which the first answers end too soon, or break off."""

    def __init__(self, storage, file):
        self._storage, self._file = storage, file

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._file.close()

    def size(self):
        return self._file.size()

    def read(self):
        data = self._file.read()
        if self._storage.cuts <= 0:
            return data
        self._storage.cuts -= 1
        if self._storage.breaks:
            raise OSError("connection closed while reading the body")
        return data[: len(data) // 2]


class Store(LocalStorage):
    """Stands for an object store whose first *cuts* answers are cut short."""

    attempts = 4

    def __init__(self, root, cuts, *, breaks):
        super().__init__(root)
        self.cuts, self.breaks = cuts, breaks

    @property
    def filesystem(self):
        real, store = LocalStorage.filesystem.func(self), self

        class Files:
            open_input_file = staticmethod(lambda path: _Cut(store, real.open_input_file(path)))

        return Files()


@pytest.fixture
def root(tmp_path):
    write_rows((), schema.TABLES["articles"], LocalStorage(tmp_path), KEY)
    return tmp_path


@pytest.mark.parametrize("breaks", [True, False])
@pytest.mark.parametrize("cuts", [0, 1, 3])
def test_a_read_that_is_cut_is_made_again(root, cuts, breaks):
    store = Store(root, cuts, breaks=breaks)
    assert store.read(KEY) == (root / KEY).read_bytes()
    assert store.cuts == 0
    assert read_rows(Store(root, cuts, breaks=breaks), KEY) == []


@pytest.mark.parametrize("breaks", [True, False])
def test_one_that_is_always_cut_is_told(root, breaks):
    with pytest.raises(DatasetError, match="cannot read"):
        Store(root, 99, breaks=breaks).read(KEY)


def test_so_are_the_columns_of_a_file(root, monkeypatch):
    real, answers = pq.read_schema, [OSError("cut"), OSError("cut")]

    def read(*given, **named):
        if answers:
            raise answers.pop()
        return real(*given, **named)

    monkeypatch.setattr(pq, "read_schema", read)
    storage = LocalStorage(root)
    storage.attempts = 4
    assert storage.columns(KEY).names == schema.ARTICLES.names
    assert answers == []


@pytest.mark.parametrize(("attempts", "works"), [(1, False), (4, True)])
def test_so_is_a_scan_of_a_table(root, monkeypatch, attempts, works):
    real, answers = load._scan, [DatasetError("cut"), DatasetError("cut")]

    def read(*given):
        if answers:
            raise answers.pop()
        return real(*given)

    monkeypatch.setattr(load, "_scan", read)
    storage = LocalStorage(root)
    storage.attempts = attempts
    if works:
        assert scan(storage, "articles", [KEY]).num_rows == 0
    else:
        with pytest.raises(DatasetError, match="cut"):
            scan(storage, "articles", [KEY])
