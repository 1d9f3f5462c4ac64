"""The backup: one file that proves itself, restored into an empty home, and never trusted when it was changed."""

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gridsvc.core.errors import Conflict, InstallationFault, UnreadableFile
from gridsvc.infra import backup_file, cluster, databases, inventory, restore, schema
from gridsvc.infra.backup import back_up
from gridsvc.infra.backup_file import BackupDamaged, Manifest
from gridsvc.infra.databases import Database
from gridsvc.infra.db import brief_engine, unit_of_work
from gridsvc.infra.files import FileStore
from gridsvc.infra.inventory import Inventory
from gridsvc.infra.restore import HomeNotEmpty
from gridsvc.infra.settings import Settings
from gridsvc.patrols.photos import sweep_photos
from tests.cli.in_process import gridsvc
from tests.infra.service_home import new_home, settings_for, small_disk

PHOTO = b"a photo of a broken lamp"


@dataclass
class City:
    """A city that was backed up: its home is kept, so that tests can compare."""

    settings: Settings
    backup: Path
    manifest: Manifest


def photo_in(home: Path, content: bytes = PHOTO, name: str | None = None) -> Path:
    digest = name or hashlib.sha256(content).hexdigest()
    place = home / "files" / digest[:2] / digest
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return place


def rows_of(settings: Settings) -> Inventory:
    with (
        cluster.running(settings) as database,
        databases.connect(database) as connection,
        connection.transaction(),
    ):
        return inventory.count_tables(connection)


@pytest.fixture(scope="module")
def city() -> Iterator[City]:
    """All tables and their first data, some rows with awkward values, and one photo."""
    with new_home() as home:
        settings = settings_for(home)
        with cluster.running(settings) as database:
            schema.upgrade(database.url)
            with databases.connect(database) as connection:
                connection.execute("CREATE ROLE reader NOLOGIN")
                connection.execute("CREATE TABLE odd (id integer PRIMARY KEY, x float8, geom geometry, t timestamptz)")
                connection.execute("ALTER TABLE odd ENABLE ROW LEVEL SECURITY")
                connection.execute("CREATE POLICY mine ON odd TO reader USING (id > 1)")
                connection.execute(
                    "INSERT INTO odd SELECT n, 1 / (n + 0.3), ST_SetSRID(ST_MakePoint(n / 7.0, n), 4326), now() "
                    "FROM generate_series(1, 500) AS n"
                )
            photo_in(home)
            place, manifest = back_up(settings, database, home.parent / "city.tar")
        yield City(settings, place, manifest)


@pytest.fixture
def empty() -> Iterator[Settings]:
    with new_home() as home:
        yield settings_for(home)


def test_an_empty_home_gets_every_row_every_file_and_every_role(city: City, empty: Settings) -> None:
    restored = restore.restore(empty, city.backup)
    assert rows_of(empty) == rows_of(city.settings)
    assert restored.manifest.tables["public.odd"].rows == 500
    assert not restored.was_upgraded
    (photo,) = (empty.home / "files").glob("*/*")
    assert photo.read_bytes() == PHOTO
    with cluster.running(empty) as database, databases.connect(database) as connection:
        policy = connection.execute("SELECT roles::text[] FROM pg_policies WHERE policyname = 'mine'").fetchone()
    assert policy == (["reader"],)


def test_nothing_but_the_owner_can_read_it(city: City) -> None:
    assert city.backup.stat().st_mode & 0o077 == 0


def test_it_proves_itself_in_a_scratch_place(city: City) -> None:
    assert restore.check(city.settings, city.backup) == city.manifest


@pytest.fixture(params=[0o022, 0o000], ids=["usual umask", "no umask"])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """What others can read, list or write below a folder and in its own rights; root's may be passed through."""
    passing = 0o011 if os.geteuid() == 0 else 0
    return [
        f"{path.relative_to(folder)} {path.stat().st_mode & 0o777:o}"
        for path in [folder, *folder.rglob("*")]
        if path.stat().st_mode & 0o077 & ~(passing if path.is_dir() else 0)
    ]


@pytest.mark.usefixtures("umask")
def test_restored_files_are_closed_to_others(city: City, empty: Settings) -> None:
    restore.restore(empty, city.backup)
    assert len(list((empty.home / "files").glob("*/*"))) == 1
    assert open_to_others(empty.home / "files") == []
    assert (empty.home / "files").stat().st_mode & 0o777 == 0o700
    assert empty.home.stat().st_mode & 0o777 == (0o755 if os.geteuid() == 0 else 0o700)


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("work", [restore.restore, restore.check])
def test_what_a_restore_unpacks_is_closed_to_others(
    city: City, empty: Settings, monkeypatch: pytest.MonkeyPatch, work: Callable[[Settings, Path], object]
) -> None:
    def look(inner: Settings, _database: Database, dump: Path, *_rest: object, **_options: object) -> None:
        photos = inner.home / "files"
        assert [path.read_bytes() for path in photos.glob("*/*")] == [PHOTO]
        assert open_to_others(dump) + open_to_others(photos) == []
        assert inner.home.stat().st_mode & 0o066 == 0
        raise BackupDamaged("seen enough")

    monkeypatch.setattr(restore, "fill", look)
    with pytest.raises(BackupDamaged, match="seen enough"):
        work(empty, city.backup)


def test_it_is_never_written_over(city: City) -> None:
    with cluster.running(city.settings) as database, pytest.raises(Conflict, match="never written over"):
        back_up(city.settings, database, city.backup)


def test_a_home_that_is_not_empty_is_left_alone(city: City, empty: Settings) -> None:
    empty.home.mkdir()
    (empty.home / "data").mkdir()
    with pytest.raises(HomeNotEmpty):
        restore.restore(empty, city.backup)
    assert [path.name for path in empty.home.iterdir()] == ["data"]


@pytest.mark.slow
def test_what_an_interrupted_restore_left_is_no_hindrance(city: City, empty: Settings) -> None:
    (empty.home / ".restoring" / "data").mkdir(parents=True)
    restore.restore(empty, city.backup)
    assert not (empty.home / ".restoring").exists()


def test_it_holds_one_moment_while_others_write(city: City, empty: Settings) -> None:
    """Rows come in pairs in one transaction; a backup made meanwhile holds whole pairs only."""
    stop = threading.Event()

    def write(database: Database) -> None:
        with databases.connect(database) as connection:
            number = 1000
            while not stop.is_set():
                number += 2
                with connection.transaction():
                    connection.execute("INSERT INTO odd (id) VALUES (%s)", [number])
                    connection.execute("INSERT INTO odd (id) VALUES (%s)", [number + 1])

    with cluster.running(city.settings) as database:
        writer = threading.Thread(target=write, args=(database,))
        writer.start()
        place, manifest = back_up(city.settings, database, city.backup.with_name("busy.tar"))
        stop.set()
        writer.join()
    restore.restore(empty, place)
    with cluster.running(empty) as database, databases.connect(database) as connection:
        found = connection.execute("SELECT count(*), count(*) FILTER (WHERE id % 2 = 1) FROM odd WHERE id > 1000")
        pairs = found.fetchone()
    assert pairs is not None
    assert pairs[0] == 2 * pairs[1]
    assert manifest.tables["public.odd"].rows == 500 + pairs[0]


def changed(backup: Path, place: Path, offset: int) -> Path:
    content = bytearray(backup.read_bytes())
    content[offset] ^= 0x20
    place.write_bytes(content)
    return place


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
def test_a_changed_byte_is_noticed(city: City, empty: Settings, share: float) -> None:
    damaged = changed(city.backup, empty.home.parent / "damaged.tar", int(city.backup.stat().st_size * share))
    with pytest.raises(BackupDamaged):
        restore.restore(empty, damaged)
    assert list(empty.home.iterdir()) == []


def test_half_a_backup_is_noticed(city: City, empty: Settings) -> None:
    half = empty.home.parent / "half.tar"
    half.write_bytes(city.backup.read_bytes()[: city.backup.stat().st_size // 2])
    with pytest.raises(BackupDamaged):
        restore.restore(empty, half)


def test_what_is_no_backup_is_refused(empty: Settings) -> None:
    other = empty.home.parent / "other.tar"
    other.write_text("something else")
    with pytest.raises(UnreadableFile):
        restore.restore(empty, other)


def test_a_missing_row_is_noticed(city: City) -> None:
    """The control of the comparison: a database that lost one row is not the one that was backed up."""
    with cluster.running(city.settings) as database:
        place, manifest = back_up(city.settings, database, city.backup.with_name("control.tar"))
        restore.compare(database, manifest)
        with databases.connect(database) as connection:
            connection.execute("UPDATE odd SET x = 1 WHERE id = 7")
        with pytest.raises(BackupDamaged) as caught:
            restore.compare(database, manifest)
    assert [fault.place for fault in caught.value.faults] == ["public.odd"]
    assert place.exists()


def test_a_backup_of_a_newer_version_is_refused(city: City, empty: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = replace(city.manifest, schema="9999", version="99.0")
    monkeypatch.setattr(backup_file, "read_manifest", lambda _path: newer)
    with pytest.raises(schema.SchemaNewer, match=r"99\.0"):
        restore.restore(empty, city.backup)
    assert not empty.home.exists()


def test_a_backup_of_an_older_version_is_brought_up_to_date(empty: Settings) -> None:
    with new_home() as home:
        old = settings_for(home)
        with cluster.running(old) as database:
            schema.upgrade(database.url, "0002")
            place, manifest = back_up(old, database, home.parent)
        assert manifest.schema == "0002"
        restored = restore.restore(empty, place)
    assert (restored.was_upgraded, restored.schema) == (True, schema.head())


def test_a_file_damaged_in_the_store_is_named_and_the_rest_is_kept(empty: Settings) -> None:
    with new_home() as home:
        settings = settings_for(home)
        with cluster.running(settings) as database:
            schema.upgrade(database.url)
            photo_in(home)
            bad = photo_in(home, b"rotten", name="ab" + "0" * 62)
            place, manifest = back_up(settings, database, home.parent)
        assert manifest.damaged_files == [f"files/ab/{bad.name}"]
        restore.restore(empty, place)
    assert len(list((empty.home / "files").glob("*/*"))) == 2


def row_of_photo(database: Database, name: str) -> None:
    """What the database knows of a photo that came two days ago and that no visit shows."""
    with databases.connect(database) as connection:
        connection.execute(
            "INSERT INTO photo VALUES (%s, %s, 1, 1, 1, gen_random_uuid(), now() - interval '2 days')", [name, name]
        )


def sweep(database: Database, home: Path) -> int:
    with brief_engine(database.url) as engine, unit_of_work(engine) as session:
        return sweep_photos(session, FileStore(home), now=datetime.now(UTC))


def test_nothing_is_swept_away_under_a_backup(
    fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(tmp_path / "home", database_url=fresh_database.url)
    photos = [photo_in(settings.home, content) for content in (b"one", b"two", b"three")]
    for photo in photos:
        row_of_photo(fresh_database, photo.name)
    listed = backup_file.stored_files
    swept: list[int] = []

    def while_sweeping(folder: Path) -> Iterator[Path]:
        names = list(listed(folder))
        if not swept:
            swept.append(sweep(fresh_database, settings.home))
        yield from names

    monkeypatch.setattr(backup_file, "stored_files", while_sweeping)
    _, manifest = back_up(settings, fresh_database, tmp_path)
    assert (swept, manifest.files, manifest.missing_files) == ([0], 3, [])
    assert sweep(fresh_database, settings.home) == 3
    assert not any(photo.exists() for photo in photos)


def test_a_file_that_the_home_has_lost_is_named_and_the_rest_is_kept(
    fresh_database: Database, empty: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, lost = tmp_path / "home", "cd" + "0" * 62
    row_of_photo(fresh_database, photo_in(home).name)
    row_of_photo(fresh_database, lost)
    monkeypatch.setenv("GRIDSVC_HOME", str(home))
    made = gridsvc(fresh_database, "backup", str(tmp_path / "lost.tar"), "--json")
    assert made.returncode == 1, made.stderr
    told = json.loads(made.stdout)
    assert (told["files"], told["missing_files"]) == (1, [f"files/cd/{lost}"])
    restored = restore.restore(empty, tmp_path / "lost.tar")
    assert restored.manifest.missing_files == told["missing_files"]
    assert [path.read_bytes() for path in (empty.home / "files").glob("*/*")] == [PHOTO]
    checked = gridsvc(fresh_database, "restore", str(tmp_path / "lost.tar"), "--check")
    assert f"files/cd/{lost} was missing" in checked.stdout


def test_a_backup_of_before_missing_files_were_looked_for_is_read(city: City) -> None:
    values = json.loads(city.manifest.as_json())
    del values["missing_files"]
    assert backup_file.manifest_from(json.dumps(values)) == city.manifest


def test_it_goes_from_a_private_cluster_to_an_own_server(city: City, server: Database, tmp_path: Path) -> None:
    own = databases.create_database(server, "restored_here")
    settings = settings_for(tmp_path / "home", database_url=own.url)
    restore.restore(settings, city.backup)
    with databases.connect(own) as connection, connection.transaction():
        assert inventory.count_tables(connection)["public.odd"].rows >= 500
    with pytest.raises(HomeNotEmpty):
        restore.restore(settings_for(tmp_path / "other", database_url=own.url), city.backup)
    databases.drop_database(server, own.name)


def without_links(_source: Path, _place: Path) -> None:
    raise PermissionError(errno.EPERM, "Operation not permitted")


def test_it_is_written_where_there_are_no_hard_links(
    fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", without_links)
    settings = settings_for(tmp_path / "home", database_url=fresh_database.url)
    place, manifest = back_up(settings, fresh_database, tmp_path / "made" / "city.tar")
    assert backup_file.read_manifest(place) == manifest
    assert [path.name for path in place.parent.iterdir()] == ["city.tar"]
    assert place.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_that_comes_meanwhile_is_not_written_over(
    fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    place, write = tmp_path / "made" / "city.tar", backup_file.write

    def while_another_writes(*arguments: Any) -> Manifest:
        place.write_text("another's")
        return write(*arguments)

    if not has_links:
        monkeypatch.setattr(os, "link", without_links)
    monkeypatch.setattr(backup_file, "write", while_another_writes)
    settings = settings_for(tmp_path / "home", database_url=fresh_database.url)
    with pytest.raises(Conflict, match="never written over"):
        back_up(settings, fresh_database, place)
    assert {path.name: path.read_text() for path in place.parent.iterdir()} == {"city.tar": "another's"}


def test_a_name_that_cannot_be_given_leaves_nothing(
    fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_source: Path, _place: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "link", without_links)
    monkeypatch.setattr(Path, "replace", full)
    settings = settings_for(tmp_path / "home", database_url=fresh_database.url)
    with pytest.raises(InstallationFault, match="No space left on device"):
        back_up(settings, fresh_database, tmp_path / "made" / "city.tar")
    assert list((tmp_path / "made").iterdir()) == []


@pytest.mark.parametrize(("filled_bytes", "photo_bytes"), [(4_150_000, 0), (0, 5_000_000)], ids=["dump", "photos"])
def test_a_full_disk_is_told_in_plain_words_and_keeps_no_half_file(
    fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filled_bytes: int, photo_bytes: int
) -> None:
    photo_in(tmp_path / "home", bytes(photo_bytes))
    monkeypatch.setenv("GRIDSVC_HOME", str(tmp_path / "home"))
    with small_disk(tmp_path / "disk", 4) as disk:
        (disk / "other").write_bytes(bytes(filled_bytes))
        before = sorted(disk.iterdir())
        answer = gridsvc(fresh_database, "backup", str(disk))
        assert (answer.returncode, answer.stdout) == (2, "")
        assert "No space left on device" in answer.stderr
        assert sorted(disk.iterdir()) == before


@pytest.mark.slow
def test_the_commands_do_the_same(city: City, empty: Settings) -> None:
    def command(*arguments: object, home: Path) -> "subprocess.CompletedProcess[str]":
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GRIDSVC_")}
        line = [sys.executable, "-m", "gridsvc.cli", *map(str, arguments), "--json"]
        given = kept | {"GRIDSVC_HOME": str(home)}
        return subprocess.run(line, env=given, capture_output=True, text=True, check=False)

    folder = empty.home.parent / "backups"
    folder.mkdir()
    made = command("backup", folder, "--verify", home=city.settings.home)
    assert made.returncode == 0, made.stdout + made.stderr
    told = json.loads(made.stdout)
    assert (told["verified"], told["files"]) == (True, 1)
    restored = command("restore", told["backup"], "--home", empty.home, home=city.settings.home)
    assert json.loads(restored.stdout)["rows"] == told["rows"]
    again = command("restore", told["backup"], home=empty.home)
    assert (again.returncode, json.loads(again.stdout)["error"]["code"]) == (2, "home_not_empty")
    shutil.rmtree(folder)
