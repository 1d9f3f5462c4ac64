"""Layers come in over HTTP as a whole or not at all, after a trial that tells what would happen."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import anyio
import httpx
import pytest
import shapely
from fastapi import FastAPI
from sqlalchemy import Engine, text

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import WHOLE_CITY, Scope
from gridsvc.api import deps
from gridsvc.api.app import create_app
from gridsvc.infra.databases import Database
from gridsvc.infra.settings import Settings
from tests.core.pictures import corner, draw
from tests.fixtures.layers import in_crs, write_geojson, write_layer, zipped
from tests.fixtures.towns import CITY, DISTRICT, STREET, community_code

COMMUNITIES, GRIDS = draw("AABB/AABB"), draw("abcd/abcd")
Send = Callable[..., httpx.Response]


def importer(*permissions: str, scope: Scope = WHOLE_CITY) -> Actor:
    return Actor(UUID(int=7), "importer", "Importer", frozenset(), frozenset(permissions), scope)


@pytest.fixture
def app(fresh_database: Database, tmp_path: Path) -> Iterator[FastAPI]:
    made = create_app(Settings(home=tmp_path, database_url=fresh_database.url))
    made.dependency_overrides[deps.actor] = lambda: importer("imports.run")
    yield made
    made.state.gridsvc.engine.dispose()


@pytest.fixture
def send(app: FastAPI) -> Send:
    """Sends a file with the fields of the form, in this process."""

    def post(layer: str, file: Path | bytes, *, key: str | None = None, **fields: str) -> httpx.Response:
        content = file.read_bytes() if isinstance(file, Path) else file

        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                headers = {"Idempotency-Key": key} if key else {}
                files = {"file": ("../../x.vrt", content)}
                return await client.post(f"/api/v1/imports/{layer}", files=files, data=fields, headers=headers)

        return anyio.run(asked)

    return post


@pytest.fixture
def areas(tmp_path: Path) -> Path:
    whole = shapely.coverage_union_all(list(COMMUNITIES.values()))
    columns = {
        "代码": [CITY, DISTRICT, STREET, community_code(1), community_code(2)],
        "名称": ["合成市", "合成区", "合成街道", "合成甲社区", "合成乙社区"],
    }
    return write_layer(tmp_path / "areas.gpkg", [whole] * 3 + list(COMMUNITIES.values()), columns, crs="EPSG:4490")


AREA_FIELDS = json.dumps({"code": "代码", "name": "名称"})


def grid_file(folder: Path, shapes: list[Any]) -> Path:
    columns: dict[str, list[Any]] = {"名称": ["甲格", "乙格", "丙格", "丁格"], "HH": [1, 2, 3, 4]}
    return zipped(write_layer(folder / "g.shp", in_crs(shapes, "EPSG:4548"), columns, crs="EPSG:4548", encoding="gbk"))


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def test_a_city_comes_in_by_its_files(tmp_path: Path, send: Send, areas: Path, fresh_engine: Engine) -> None:
    tried = send("areas", areas, fields=AREA_FIELDS, dry_run="true")
    assert (tried.status_code, tried.json()["accepted"]) == (200, 5), tried.text
    assert count(fresh_engine, "area") == 0
    stored = send("areas", areas, fields=AREA_FIELDS)
    assert (stored.status_code, stored.json()["accepted"]) == (201, 5)
    assert send("areas", areas, fields=AREA_FIELDS).json()["already_there"] == 5

    fields = json.dumps({"name": "名称", "counts": {"households": "HH"}})
    grids = send("grids", grid_file(tmp_path, list(GRIDS.values())), fields=fields)
    assert grids.status_code == 201, grids.text
    assert (grids.json()["accepted"], grids.json()["net_version"]) == (4, 1)
    assert count(fresh_engine, "responsibility") == 4

    door = write_geojson(tmp_path / "d.geojson", [shapely.Point(*corner(0.5, 0.5))], {"D": ["1"], "A": ["示例路1号"]})
    answer = send("doors", door, fields=json.dumps({"code": "D", "name": "A"}), crs="EPSG:4490", dry_run="true")
    assert answer.json()["rejected"] == 1, answer.text  # no block there
    assert count(fresh_engine, "audit") == 3


def test_a_trial_shows_every_fault_and_the_map_its_place(
    tmp_path: Path, send: Send, areas: Path, fresh_engine: Engine
) -> None:
    send("areas", areas, fields=AREA_FIELDS)
    shapes = list(GRIDS.values())
    shapes[0] = shapely.affinity.scale(shapes[0], 0.9, 0.9)
    file = grid_file(tmp_path, shapes)
    report = send("grids", file, dry_run="true").json()
    assert report["accepted"] == 0
    assert report["findings"]
    assert {"place", "code", "message", "geometry"} == set(report["findings"][0])
    refused = send("grids", file)
    assert (refused.status_code, refused.json()["code"]) == (422, "net_has_faults")
    assert count(fresh_engine, "grid") == 0


def test_the_same_key_brings_the_same_file_in_once(send: Send, areas: Path) -> None:
    first = send("areas", areas, fields=AREA_FIELDS, key="k1")
    again = send("areas", areas, fields=AREA_FIELDS, key="k1")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert send("areas", areas, fields=AREA_FIELDS, key="k1", crs="EPSG:4490").status_code == 409


@pytest.mark.parametrize(
    ("content", "fields", "status", "code"),
    [
        (b"", {}, 422, "unreadable_file"),
        (b"PK\x03\x04junk", {}, 422, "unreadable_file"),
        (b'{"type": "FeatureCollection", "features": []}', {}, 422, "unknown_datum"),
        (b'{"type": "FeatureCollection", "features": []}', {"crs": "EPSG:4490"}, 422, "invalid_input"),
        (b"{}", {"fields": "{"}, 400, "malformed"),
        (b"{}", {"fields": '{"nobody": "x"}'}, 422, "invalid_input"),
        (b"{}", {"fields": '{"code": "a\\u0000"}'}, 400, "malformed"),
        (b"{}", {"effective_at": "2026-01-01T00:00:00"}, 422, "invalid_input"),
        (b"{}", {"dry_run": "perhaps"}, 422, "invalid_input"),
        (b"{}", {"unknown": "x"}, 422, "invalid_input"),
        (b"{}", {"crs": "x" * 100_000}, 400, "malformed"),
    ],
)
def test_what_is_no_order_is_refused(
    send: Send, content: bytes, fields: dict[str, str], status: int, code: str
) -> None:
    answer = send("areas", content, **fields)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_only_who_may_and_governs_the_whole_city_brings_layers_in(app: FastAPI, send: Send, areas: Path) -> None:
    for actor in (importer(), importer("imports.run", scope=Scope(community_codes=frozenset({community_code(1)})))):
        app.dependency_overrides[deps.actor] = lambda actor=actor: actor
        assert send("areas", areas, fields=AREA_FIELDS).status_code == 403
    assert send("rivers", areas).status_code in (403, 422)
