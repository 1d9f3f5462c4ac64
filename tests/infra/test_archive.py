"""The archive: a destroyed home comes back as it was at a chosen moment, and a damaged archive is noticed."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gridsvc.core.errors import InstallationFault, InvalidInput, NotFound
from gridsvc.infra import archive, backup_file, cluster, databases
from gridsvc.infra.archive import moment_of, place_of
from gridsvc.infra.databases import Database
from gridsvc.infra.pitr import NotReached, restore_moment
from gridsvc.infra.restore import HomeNotEmpty
from gridsvc.infra.settings import Settings
from tests.infra.service_home import eventually, new_home, settings_for
from tests.infra.test_backup import photo_in

DAMAGED, LOST, FORGOTTEN = ("5f" + "0" * 62, "5f" + "1" * 62, "5f" + "2" * 62)
LATE = b"a photo that came after the base"


def moment(database: Database) -> datetime:
    with databases.connect(database) as connection:
        row = connection.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    assert isinstance(row[0], datetime)
    return row[0]


def write(database: Database, first: int, count: int) -> None:
    with databases.connect(database) as connection:
        connection.execute(f"INSERT INTO ledger SELECT generate_series({first}, {first + count - 1})")


def show(database: Database, *names: str) -> None:
    with databases.connect(database) as connection:
        for name in names:
            connection.execute("INSERT INTO photo VALUES (%s)", [name])


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def photos_of(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / "files").glob("*/*")}


def wait_for(database: Database, base: Path) -> None:
    assert eventually(lambda: moment(database) > moment_of(base))


def ledger(settings: Settings) -> list[int]:
    with cluster.running(settings) as database, databases.connect(database) as connection:
        return [int(number) for (number,) in connection.execute("SELECT id FROM ledger ORDER BY id")]


@dataclass
class Drill:
    """An archive whose home is destroyed, and the moments that were noted."""

    place: Path
    before_base: datetime
    noted: datetime
    end: datetime


@pytest.fixture(scope="module")
def drill() -> Iterator[Drill]:
    """Rows 1–10, a base backup, rows 11–20, a noted moment, rows 21–30; then the home is destroyed."""
    with new_home() as home:
        settings = settings_for(home, archive_to=home.parent / "archive", archive_every_s=1)
        with cluster.running(settings) as database:
            with databases.connect(database) as connection:
                connection.execute("CREATE TABLE ledger (id integer PRIMARY KEY)")
                connection.execute("CREATE TABLE photo (hash text PRIMARY KEY)")
            before_base = moment(database)
            write(database, 1, 10)
            photo_in(home, b"not the content of its name, but kept", name=DAMAGED)
            base = archive.take_base(settings, database)
            wait_for(database, base)
            write(database, 11, 10)
            show(database, photo_in(home, LATE).name, LOST)
            archive.copy_files(settings)
            noted = moment(database)
            write(database, 21, 10)
            end = moment(database)
            archive.catch_up(database)
            with databases.connect(database) as connection:
                assert eventually(lambda: archive.lag(connection).waiting == 0)
            place = place_of(settings)
        (place / "files" / "5f" / f".{LOST}").write_bytes(b"half of a photo")
        (place / "gone" / "5f").mkdir(parents=True)
        (place / "gone" / "5f" / FORGOTTEN).write_bytes(b"named by no row of the moment")
        shutil.rmtree(home)
        yield Drill(place, before_base, noted, end)


@pytest.fixture
def empty(drill: Drill) -> Iterator[Settings]:
    with new_home() as home:
        yield settings_for(home)


def test_the_city_comes_back_as_it_was_at_the_noted_moment(drill: Drill, empty: Settings) -> None:
    back = restore_moment(empty, drill.place, drill.noted)
    assert ledger(empty) == list(range(1, 21))
    assert (back.damaged_files, back.missing_files) == ([f"files/5f/{DAMAGED}"], [f"files/5f/{LOST}"])
    assert photos_of(empty.home) == {DAMAGED: b"not the content of its name, but kept", digest(LATE): LATE}
    with cluster.running(empty) as database:  # and it is a city like any other, that can be written again
        write(database, 100, 1)


def test_without_a_moment_everything_that_reached_the_archive_comes_back(drill: Drill, empty: Settings) -> None:
    restore_moment(empty, drill.place, None)
    assert ledger(empty) == list(range(1, 31))


def test_a_moment_before_the_first_base_is_refused(drill: Drill, empty: Settings) -> None:
    with pytest.raises(NotFound, match="no base backup before"):
        restore_moment(empty, drill.place, drill.before_base)
    assert not empty.home.exists()


def test_a_moment_the_archive_does_not_reach_is_refused_and_leaves_nothing(drill: Drill, empty: Settings) -> None:
    with pytest.raises(NotReached):
        restore_moment(empty, drill.place, drill.end + timedelta(days=1))
    assert list(empty.home.iterdir()) == []


def test_a_home_with_something_in_it_is_left_alone(drill: Drill, empty: Settings) -> None:
    empty.home.mkdir()
    (empty.home / "something").write_text("kept")
    with pytest.raises(HomeNotEmpty):
        restore_moment(empty, drill.place, None)
    assert [path.name for path in empty.home.iterdir()] == ["something"]


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def damage_the_base(place: Path) -> None:
    flip_a_byte(next(place.glob("base/*/global/pg_control")))


def lose_the_log(place: Path) -> None:
    for piece in sorted((place / "wal").glob("0*"))[1:]:
        piece.unlink()


@pytest.mark.parametrize("damage", [damage_the_base, lose_the_log])
def test_a_damaged_archive_is_noticed(drill: Drill, empty: Settings, damage: Callable[[Path], None]) -> None:
    damaged = empty.home.parent / "damaged"
    shutil.copytree(drill.place, damaged)
    empty.home.parent.chmod(0o755)
    damage(damaged)
    if empty.home.parent.owner() == "root":
        for path in [damaged, damaged / "wal", *(damaged / "wal").iterdir()]:
            shutil.chown(path, "postgres")
    with pytest.raises(InstallationFault):
        restore_moment(empty, damaged, drill.noted)


@pytest.mark.slow
def test_old_bases_and_the_log_only_they_needed_are_forgotten(empty: Settings) -> None:
    settings = empty.model_copy(update={"archive_to": empty.home.parent / "archive"})
    with cluster.running(settings) as database:
        with databases.connect(database) as connection:
            connection.execute("CREATE TABLE ledger (id integer PRIMARY KEY)")
        first = archive.take_base(settings, database)
        write(database, 1, 5)
        assert eventually(lambda: datetime.now(UTC) > moment_of(first) + timedelta(seconds=1))
        second = archive.take_base(settings, database)
        removed = archive.forget(settings, keep=1)
        place = place_of(settings)
    assert first in removed
    assert [path.name for path in place.glob("base/*")] == [second.name]
    shutil.rmtree(settings.home)
    restore_moment(empty, place, None)
    assert ledger(empty) == list(range(1, 6))


def test_a_photo_that_the_city_removed_leaves_the_archive_with_the_last_base_that_is_older(empty: Settings) -> None:
    home, kept, removed = empty.home, b"a photo", b"a photo past its period"
    settings = empty.model_copy(update={"archive_to": home.parent / "archive", "archive_every_s": 1})
    with cluster.running(settings) as database:
        with databases.connect(database) as connection:
            connection.execute("CREATE TABLE photo (hash text PRIMARY KEY)")
        show(database, photo_in(home, kept).name, photo_in(home, removed).name)
        wait_for(database, archive.take_base(settings, database))
        noted = moment(database)
        with databases.connect(database) as connection:
            connection.execute("DELETE FROM photo WHERE hash = %s", [digest(removed)])
        (home / "files" / digest(removed)[:2] / digest(removed)).unlink()
        archive.take_base(settings, database)
        archive.forget(settings, keep=2)
        other, place = settings_for(home.parent / "other"), place_of(settings)
        with databases.connect(database) as connection:
            assert eventually(lambda: archive.lag(connection).waiting == 0)
        assert restore_moment(other, place, noted).missing_files == []
        assert photos_of(other.home) == {digest(kept): kept, digest(removed): removed}
        archive.forget(settings, keep=1)
    archived = {path.name for path in place.glob("*/??/*")}
    assert archived == {digest(kept)}


def test_a_photo_swept_while_the_archive_copies_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there, swept = photo_in(tmp_path / "home", b"there"), tmp_path / "home" / "files" / "ab" / ("ab" + "0" * 62)
    (tmp_path / "archive").mkdir()
    monkeypatch.setattr(archive, "place_of", lambda _settings: tmp_path / "archive")
    monkeypatch.setattr(backup_file, "stored_files", lambda _folder: [swept, there])
    assert archive.copy_files(settings_for(tmp_path / "home")) == 1
    assert [path.name for path in (tmp_path / "archive" / "files").glob("??/*")] == [there.name]


def test_without_the_setting_there_is_no_archive(empty: Settings) -> None:
    with pytest.raises(InvalidInput, match="GRIDSVC_ARCHIVE_TO"):
        place_of(empty)
