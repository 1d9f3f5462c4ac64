"""What is acknowledged stays, and what finds no room is refused or waits: in the API, in jobs and in commands."""

import errno
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from PIL import Image
from shapely import LineString
from sqlalchemy import Engine, text

from gridsvc.core.errors import StorageFull
from gridsvc.infra import databases, reserve
from gridsvc.infra.backup import back_up
from gridsvc.infra.bounded import MEGABYTE, Resources, ask_child, own_folder
from gridsvc.infra.cluster_data import Layout, pid_file_lines
from gridsvc.infra.databases import Database
from gridsvc.infra.db import make_engine, unit_of_work
from gridsvc.infra.diskfull import has_no_room
from gridsvc.infra.settings import Settings
from gridsvc.infra.upgrade import upgrade
from tests.api.matrix_world import World, build_world
from tests.cli.in_process import gridsvc
from tests.fixtures.layers import write_geojson
from tests.infra.service_home import eventually, new_home, settings_for, small_disk
from tests.infra.test_health import Service, as_root, served

REPORT = {"channel": "hotline", "category": "dirty_road", "address": "合成地址", "synthetic": True}


@pytest.fixture
def used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk with nothing left."""
    monkeypatch.setattr(reserve, "free_bytes", lambda _settings: 0)


def test_only_a_full_disk_is_one() -> None:
    assert has_no_room(OSError(errno.ENOSPC, "full"))
    assert has_no_room(OSError(errno.EDQUOT, "share used up"))
    assert not has_no_room(OSError(errno.EIO, "broken"))
    assert not has_no_room(ValueError("full"))


def test_a_command_that_would_write_is_refused(database: Database, tmp_path: Path, used_up: None) -> None:
    reports = tmp_path / "reports.csv"
    reports.write_text("address\n合成地址\n")
    lines = write_geojson(tmp_path / "lines.geojson", [LineString([(117, 33), (117, 34)])], {"k": ["river"]})
    for arguments in (
        ("incidents", str(reports), "--address-field", "address", "--channel", "hotline"),
        ("lines", str(lines), "--kind-field", "k", "--crs", "EPSG:4490"),
    ):
        answer = gridsvc(database, "import", *arguments)
        assert answer.returncode == 2, answer.stderr
        assert "[storage_full]" in answer.stderr


def test_data_are_not_brought_to_a_new_version(server: Database, tmp_path: Path, used_up: None) -> None:
    empty = databases.create_database(server, "no_room_to_upgrade")
    try:
        with pytest.raises(StorageFull):
            upgrade(settings_for(tmp_path, database_url=empty.url), empty)
    finally:
        databases.drop_database(server, "no_room_to_upgrade")


def test_a_backup_beside_the_data_leaves_the_reserve(database: Database, tmp_path: Path, used_up: None) -> None:
    settings = settings_for(tmp_path, database_url=database.url)
    with pytest.raises(StorageFull, match="another disk"):
        back_up(settings, database, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_outgrows_the_room_is_ended(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(tmp_path, database_url=database.url)
    monkeypatch.setattr(reserve, "free_bytes", lambda _settings: settings.reserve_mb * reserve.MEGABYTE + 5000)
    with pytest.raises(StorageFull, match="another disk"):
        back_up(settings, database, tmp_path)
    assert list(tmp_path.iterdir()) == []


@as_root
def test_a_backup_on_another_disk_is_made_all_the_same(database: Database, tmp_path: Path, used_up: None) -> None:
    settings = settings_for(tmp_path, database_url=database.url)
    with small_disk(tmp_path / "other", 100) as other:
        place, _ = back_up(settings, database, other)
        assert place.stat().st_size > 1000


@as_root
def test_a_child_without_room_is_no_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with small_disk(tmp_path / "small", 1) as disk:
        monkeypatch.setattr("tempfile.tempdir", str(disk))
        resources = Resources(512 * MEGABYTE, 10, 64 * MEGABYTE)
        with own_folder() as folder, pytest.raises(StorageFull):
            ask_child("tests.infra.curious_child", {"do": "write"}, folder=folder, resources=resources)


@pytest.mark.slow
@as_root
def test_on_a_full_disk_what_was_acknowledged_stays_and_jobs_wait() -> None:
    with new_home() as home, ExitStack() as opened:
        disk = opened.enter_context(small_disk(home.parent / "disk", 500))
        service = opened.enter_context(served(disk / "home", reserve_mb="60"))
        engine, world = opened.enter_context(peopled(service))
        client = opened.enter_context(httpx.Client(base_url=f"http://127.0.0.1:{service.port}", timeout=30))
        kept = sent_report(client, world)
        photo = sent_photo(client, world)
        assert (kept.status_code, photo.status_code) == (201, 201), kept.text + photo.text
        filler = disk / "filler"
        with filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize - 30_000_000)
        assert eventually(lambda: sent_report(client, world).status_code == 503)
        refused = sent_photo(client, world)
        assert (refused.status_code, refused.json()["code"]) == (503, "storage_full")
        assert client.get("/api/v1/care-subjects", headers=by(world, "dispatcher")).status_code in (200, 403)
        job = deferred(engine)
        assert eventually(lambda: attempts(engine, job) >= 1)
        assert state(engine, job) == "todo"
        filler.unlink()
        assert eventually(lambda: sent_report(client, world).status_code == 201)
        due_now(engine, job)
        assert eventually(lambda: state(engine, job) == "succeeded")
        found = client.get(f"/api/v1/incidents/{kept.json()['id']}", headers=by(world, "dispatcher"))
        assert found.status_code == 200
        assert len([path for path in (disk / "home" / "files").glob("??/*") if path.stat().st_size]) >= 1


@contextmanager
def peopled(service: Service) -> Iterator[tuple[Engine, World]]:
    """The database of a service, with the world of the authorization matrix in it."""
    engine = make_engine(databases.at_socket(pid_file_lines(Layout(service.home).data)[4]).url)
    with unit_of_work(engine) as session:
        world = build_world(session)
    try:
        yield engine, world
    finally:
        engine.dispose()


def by(world: World, role: str) -> dict[str, str]:
    """The headers of somebody with this role: over the city, or of a worker over grid A."""
    wanted = "own" if role == "worker" else "city"
    [token] = [who.token for who in world.principals if (who.role, who.relation) == (role, wanted)]
    return {"X-Gridsvc": "test", "Cookie": f"gridsvc_session={token}"}


def sent_report(client: httpx.Client, world: World) -> httpx.Response:
    body = REPORT | {"client_id": str(uuid4())}
    return client.post("/api/v1/incidents", json=body, headers=by(world, "dispatcher"))


def sent_photo(client: httpx.Client, world: World) -> httpx.Response:
    content = BytesIO()
    Image.new("RGB", (64, 64), (200, 100, 50)).save(content, "JPEG")
    headers = by(world, "worker") | {"Content-Type": "image/jpeg"}
    return client.post("/api/v1/photos", content=content.getvalue(), headers=headers)


def deferred(engine: Engine) -> int:
    """A job that has nothing much to do."""
    asked = "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', 'turn_leaves', 0, NULL, NULL, "
    asked += "'{\"timestamp\": 0}'::jsonb, NULL)::procrastinate_job_to_defer_v1])"
    with engine.begin() as connection:
        return int(connection.execute(text(asked)).scalar_one()[0])


def due_now(engine: Engine, job: int) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE id = :id"), {"id": job})


def attempts(engine: Engine, job: int) -> int:
    return int(of_job(engine, job, "attempts"))


def state(engine: Engine, job: int) -> str:
    return str(of_job(engine, job, "status"))


def of_job(engine: Engine, job: int, column: str) -> Any:
    with engine.connect() as connection:
        asked = text(f"SELECT {column} FROM procrastinate_jobs WHERE id = :id")
        return connection.execute(asked, {"id": job}).scalar_one()


def test_the_reserve_is_kept_beside_what_is_needed(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, database_url=None, reserve_mb=0)
    reserve.require_room(settings)
    with pytest.raises(StorageFull):
        reserve.require_room(settings, needed=2**62)
