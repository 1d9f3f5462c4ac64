"""The index of a net version answers as the database does, on borders too; it is built once and shared as a file."""

import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from gridsvc.geography.locating import current_net, locate, locate_many
from gridsvc.geography.netindex import GRIDS_FILE, INDEX_FILE, MOST_FILES, IndexStore
from tests.core.pictures import draw
from tests.fixtures.towns import EFFECTIVE, gridded_town

BAND_M = 10.0

# The winner of each point as the service's own lookup defines it, on whole polygons, for many points at once.
WINNERS = text(
    """
    SELECT won.code FROM unnest(CAST(:x AS float8[]), CAST(:y AS float8[])) WITH ORDINALITY AS point (x, y, number)
    LEFT JOIN LATERAL (
        SELECT code FROM grid_version v
        WHERE v.valid @> CAST(:at AS timestamptz) AND ST_Covers(v.geom, ST_SetSRID(ST_MakePoint(x, y), 4326))
        ORDER BY v.scheme COLLATE "C", v.code COLLATE "C" LIMIT 1
    ) won ON true ORDER BY number
    """
)


def borders_and_scatter(shapes: Any, scattered: int, seed: int) -> NDArray[np.float64]:
    """Every vertex, the middle of every edge as near as the grid allows, and points in and around the shapes."""
    vertices = shapely.get_coordinates(shapes)
    west, south, east, north = shapely.total_bounds(shapes)
    random = np.random.default_rng(seed)
    scatter = random.uniform((west - 0.002, south - 0.002), (east + 0.002, north + 0.002), (scattered, 2))
    middles = (vertices[:-1] + vertices[1:]) / 2
    return np.unique(np.round(np.vstack([vertices, middles, scatter]), 7), axis=0)


def winners(session: Session, points: NDArray[np.float64], at: Any) -> list[str | None]:
    values = {"x": points[:, 0].tolist(), "y": points[:, 1].tolist(), "at": at}
    return list(session.scalars(WINNERS, values))


def test_sql_and_index_agree_in_the_demo_city(demo_engine: Engine) -> None:
    with Session(demo_engine) as session:
        at = session.scalars(text("SELECT now()")).one()
        shapes = shapely.from_wkb(list(session.scalars(text("SELECT ST_AsBinary(geom) FROM grid_version"))))
        points = borders_and_scatter(shapes, 2000, seed=4)
        found = locate_many(session, points[:, 0], points[:, 1], at=at, band_m=BAND_M)
        assert found.code.tolist() == winners(session, points, at)
        assert (found.code != None).sum() > len(points) / 2  # noqa: E711 - an array
        for index in range(0, len(points), len(points) // 150):
            one = locate(session, *points[index].tolist(), at=at, band_m=BAND_M)
            assert found.grid_version_id[index] == (one.grid_version_id if one else None)
            if one:
                assert found.distance_to_border_m[index] == pytest.approx(one.distance_to_border_m, rel=1e-3, abs=1e-3)
                assert found.community_code[index] == one.community_code


@pytest.mark.parametrize(
    ("communities", "grids"),
    [
        ("AAA/AAA/AAA", "aaa/aba/aaa"),
        ("AAAA/AAAA/BBBB", "aabb/aabb/ccdd"),
        ("AABB/AABB/AABB", "aabb/cdbb/cdef"),
        ("A.B/A.B", "a.b/a.c"),
    ],
)
def test_sql_and_index_agree_on_every_vertex_and_edge(session: Session, communities: str, grids: str) -> None:
    gridded_town(session, communities, grids)
    points = borders_and_scatter(list(draw(grids).values()), 300, seed=5)
    found = locate_many(session, points[:, 0], points[:, 1], at=EFFECTIVE, band_m=BAND_M)
    assert found.code.tolist() == winners(session, points, EFFECTIVE)


def version_of(session: Session) -> Any:
    net = current_net(session, EFFECTIVE)
    assert net is not None
    return net.id


def test_an_index_is_built_once_and_then_read_from_its_file(session: Session, tmp_path: Path) -> None:
    gridded_town(session)
    version = version_of(session)
    built = IndexStore(tmp_path).of_version(session, version)
    session.execute(text("DELETE FROM responsibility"))
    session.execute(text("UPDATE grid_version SET geom = ST_Multi(ST_Buffer(geom, -0.0001))"))
    read = IndexStore(tmp_path).of_version(session, version)
    assert read.codes.tolist() == built.codes.tolist()
    points = borders_and_scatter(list(draw("abcd/abcd").values()), 50, seed=6).T
    assert (read.index.locate(*points) == built.index.locate(*points)).all()
    assert [path.name for path in tmp_path.iterdir()] == [version.hex]


@pytest.mark.parametrize("name", [INDEX_FILE, GRIDS_FILE])
def test_a_damaged_file_is_made_again(session: Session, tmp_path: Path, name: str) -> None:
    gridded_town(session)
    version = version_of(session)
    IndexStore(tmp_path).of_version(session, version)
    (tmp_path / version.hex / name).write_bytes(b"not what it was")
    assert len(IndexStore(tmp_path).of_version(session, version)) == 4
    assert (tmp_path / version.hex / name).read_bytes() != b"not what it was"


def test_a_home_that_cannot_be_written_costs_time_only(session: Session, tmp_path: Path) -> None:
    gridded_town(session)
    (tmp_path / "file").write_text("")
    assert len(IndexStore(tmp_path / "file" / "indexes").of_version(session, version_of(session))) == 4


def test_an_index_from_a_file_travels_to_other_machines(session: Session, tmp_path: Path) -> None:
    gridded_town(session)
    store = IndexStore(tmp_path)
    net = store.of_version(session, version_of(session))
    there = pickle.loads(pickle.dumps(net))
    points = borders_and_scatter(list(draw("abcd/abcd").values()), 50, seed=7).T
    assert (there.index.locate(*points) == net.index.locate(*points)).all()


def test_only_the_newest_files_are_kept(session: Session, tmp_path: Path) -> None:
    gridded_town(session)
    for number in range(MOST_FILES + 3):
        (tmp_path / f"{number:032x}").mkdir()
        os.utime(tmp_path / f"{number:032x}", (number, number))
    IndexStore(tmp_path).of_version(session, version_of(session))
    kept = {path.name for path in tmp_path.iterdir()}
    assert len(kept) == MOST_FILES
    assert version_of(session).hex in kept


def test_threads_get_the_same_index(session: Session, tmp_path: Path) -> None:
    gridded_town(session)
    version, store = version_of(session), IndexStore(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: store.of_version(session, version), range(32)))
    assert len({id(net) for net in found}) == 1


def test_the_service_starts_without_compiler_and_columns() -> None:
    code = (
        "import sys, gridsvc.api.app, gridsvc.incidents.points; "
        "print([n for n in ('numba', 'pyarrow', 'dask', 'gridsvc.core.locate') if n in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
