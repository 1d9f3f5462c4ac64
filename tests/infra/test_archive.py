"""The archive: a destroyed home comes back as it was at a chosen moment, and a damaged archive is noticed."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gridsvc.core.errors import InstallationFault, InvalidInput, NotFound
from gridsvc.infra import archive, cluster, databases
from gridsvc.infra.archive import place_of
from gridsvc.infra.databases import Database
from gridsvc.infra.pitr import NotReached, restore_moment
from gridsvc.infra.restore import HomeNotEmpty
from gridsvc.infra.settings import Settings
from tests.infra.service_home import eventually, new_home, settings_for

PHOTO = "5f/5f" + "0" * 62


def moment(database: Database) -> datetime:
    with databases.connect(database) as connection:
        row = connection.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    assert isinstance(row[0], datetime)
    return row[0]


def write(database: Database, first: int, count: int) -> None:
    with databases.connect(database) as connection:
        connection.execute(f"INSERT INTO ledger SELECT generate_series({first}, {first + count - 1})")


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
            before_base = moment(database)
            write(database, 1, 10)
            photo = home / "files" / PHOTO
            photo.parent.mkdir(parents=True)
            photo.write_bytes(b"not the content of its name, but kept")
            base = archive.take_base(settings, database)
            assert eventually(lambda: moment(database) > moment_of(base))
            write(database, 11, 10)
            noted = moment(database)
            write(database, 21, 10)
            end = moment(database)
            archive.catch_up(database)
            with databases.connect(database) as connection:
                assert eventually(lambda: archive.lag(connection).waiting == 0)
            place = place_of(settings)
        shutil.rmtree(home)
        yield Drill(place, before_base, noted, end)


@pytest.fixture
def empty(drill: Drill) -> Iterator[Settings]:
    with new_home() as home:
        yield settings_for(home)


def test_the_city_comes_back_as_it_was_at_the_noted_moment(drill: Drill, empty: Settings) -> None:
    restore_moment(empty, drill.place, drill.noted)
    assert ledger(empty) == list(range(1, 21))
    assert (empty.home / "files" / PHOTO).exists()
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


def moment_of(base: Path) -> datetime:
    return datetime.strptime(base.name, archive.NAME).replace(tzinfo=UTC)


def test_without_the_setting_there_is_no_archive(empty: Settings) -> None:
    with pytest.raises(InvalidInput, match="GRIDSVC_ARCHIVE_TO"):
        place_of(empty)
