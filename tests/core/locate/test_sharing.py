"""An index can be saved, mapped, pickled and asked by many threads, and answers the same."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import shapely

from gridsvc.core.errors import UnreadableFile
from gridsvc.core.locate import GridIndex
from tests.core.locate.coverages import mosaic, points_for


@pytest.fixture
def index() -> GridIndex:
    return GridIndex.build(mosaic(np.random.default_rng(1))).update({0: shapely.box(117.02, 32.02, 117.03, 32.04)})


@pytest.mark.parametrize("mmap", [True, False])
def test_a_saved_index_answers_the_same(index: GridIndex, tmp_path: Path, mmap: bool) -> None:
    index.save(tmp_path / "net.index")
    loaded = GridIndex.load(tmp_path / "net.index", mmap=mmap)
    _assert_same(index, loaded)
    _assert_same(index.update({1: None}), loaded.update({1: None}))
    _assert_same(index, GridIndex.load(tmp_path / "net.index"))  # the file is as it was


def test_a_pickled_index_answers_the_same(index: GridIndex) -> None:
    _assert_same(index, pickle.loads(pickle.dumps(index)))


def test_threads_share_an_index(index: GridIndex) -> None:
    x, y = np.random.default_rng(2).uniform((116.99, 31.99), (117.11, 32.11), (200_000, 2)).T
    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(lambda part: index.locate(*part), np.array_split(np.array([x, y]), 8, axis=1)))
    np.testing.assert_array_equal(np.concatenate(parts), index.locate(x, y))


@pytest.mark.parametrize("content", [b"", b"nothing of the kind", b"gridsvc index 1\n" + bytes(3), None])
def test_another_file_is_refused(index: GridIndex, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "net.index"
    index.save(path)
    path.write_bytes(path.read_bytes()[:-9] if content is None else content)
    with pytest.raises(UnreadableFile):
        GridIndex.load(path)


def _assert_same(one: GridIndex, other: GridIndex) -> None:
    random = np.random.default_rng(3)
    x, y = points_for(random, mosaic(np.random.default_rng(1)), 200)
    np.testing.assert_array_equal(one.locate(x, y), other.locate(x, y))
    np.testing.assert_array_equal(one.border_distance_m(x, y), other.border_distance_m(x, y))
    np.testing.assert_array_equal(one.candidates(x, y, 20.0).positions, other.candidates(x, y, 20.0).positions)
