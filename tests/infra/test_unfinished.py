"""A restore killed at any of its steps: nobody works on what it left, and repeated it brings the whole city back."""

import contextlib
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gridsvc.core.errors import InstallationFault
from gridsvc.infra import cluster, databases, restore, schema, unfinished
from gridsvc.infra.backup import back_up
from gridsvc.infra.backup_file import BackupDamaged
from gridsvc.infra.databases import Database
from gridsvc.infra.db import brief_engine
from gridsvc.infra.inventory import Content, count_tables
from gridsvc.infra.restore import HomeNotEmpty
from gridsvc.infra.settings import Settings
from gridsvc.infra.unfinished import RestoreUnfinished
from gridsvc.infra.upgrade import upgrade
from tests.cli.in_process import gridsvc
from tests.infra.service_home import new_home, settings_for, start_script
from tests.infra.test_backup import PHOTO, photo_in

# "MODULE:FUNCTION" is where it dies; "data" is after the files have come to their place and before the data do.
KILLED = """
    import importlib, os, signal, sys
    from pathlib import Path
    from gridsvc.infra import restore
    from gridsvc.infra.settings import Settings

    home, url, backup, step = sys.argv[1:]
    def die(*_arguments, **_options):
        os.kill(os.getpid(), signal.SIGKILL)
    if step == "data":
        replace = Path.replace
        Path.replace = lambda self, target: die() if self.name == "data" else replace(self, target)
    else:
        module, function = step.split(":")
        setattr(importlib.import_module(module), function, die)
    restore.restore(Settings(home=Path(home), database_url=url or None), Path(backup))
"""


@dataclass(frozen=True)
class Old:
    """A backup of an older version with a photo: everything a restore can have to do."""

    backup: Path
    odd: Content


@pytest.fixture(scope="module")
def old(server: Database, tmp_path_factory: pytest.TempPathFactory) -> Old:
    folder = tmp_path_factory.mktemp("old")
    city = databases.create_database(server, "old_city")
    schema.upgrade(city.url, "0002")
    with databases.connect(city) as connection:
        connection.execute("CREATE TABLE odd AS SELECT n AS id, n / 7.0 AS x FROM generate_series(1, 500) AS n")
    settings = settings_for(folder / "home", database_url=city.url)
    photo_in(settings.home)
    backup, manifest = back_up(settings, city, folder / "old.tar")
    return Old(backup, manifest.tables["public.odd"])


@pytest.fixture
def own(server: Database) -> Iterator[Database]:
    yield databases.create_database(server, "half_restored")
    databases.drop_database(server, "half_restored")


def kill_at(step: str, settings: Settings, backup: Path) -> None:
    process = start_script(KILLED, settings.home, settings.database_url or "", backup, step)
    assert process.wait(120) == -signal.SIGKILL
    assert process.stdout is not None
    process.stdout.close()


def is_whole(settings: Settings, database: Database, old: Old) -> bool:
    with brief_engine(database.url) as engine:
        current = schema.refuse_other(engine) == "current"
    with databases.connect(database) as connection, connection.transaction():
        rows = count_tables(connection)["public.odd"]
    photos = [path.read_bytes() for path in (settings.home / "files").glob("*/*")]
    return current and rows == old.odd and photos == [PHOTO]


@pytest.mark.parametrize(
    "step",
    [
        pytest.param("gridsvc.infra.pgtools:restore_dump", marks=pytest.mark.slow),
        pytest.param("gridsvc.infra.restore:compare", marks=pytest.mark.slow),
        pytest.param("gridsvc.infra.schema:upgrade", marks=pytest.mark.slow),
        "gridsvc.infra.restore:move_in",
        pytest.param("gridsvc.infra.unfinished:end", marks=pytest.mark.slow),
    ],
)
def test_killed_on_its_way_into_an_own_server_it_is_refused_and_goes_on(
    old: Old, own: Database, tmp_path: Path, step: str
) -> None:
    settings = settings_for(tmp_path / "home", database_url=own.url)
    kill_at(step, settings, old.backup)
    with brief_engine(own.url) as engine, pytest.raises(RestoreUnfinished):
        schema.refuse_other(engine)
    with pytest.raises(RestoreUnfinished):
        upgrade(settings, own)
    with pytest.raises(RestoreUnfinished):
        back_up(settings, own, tmp_path / "half.tar")
    restore.restore(settings, old.backup)
    assert is_whole(settings, own, old)
    with pytest.raises(HomeNotEmpty):
        restore.restore(settings_for(tmp_path / "other", database_url=own.url), old.backup)
    assert is_whole(settings, own, old)


def test_the_commands_say_that_a_restore_did_not_end(
    own: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRIDSVC_HOME", str(tmp_path / "home"))
    unfinished.begin(own, "0" * 64)
    for command in (["db", "prepare"], ["upgrade"], ["demo", "--load-only"], ["backup", str(tmp_path)]):
        answer = gridsvc(own, *command)
        assert (answer.returncode, answer.stdout) == (2, "")
        assert "did not end" in answer.stderr
        assert "[restore_unfinished]" in answer.stderr


def test_half_of_another_backup_is_left_alone(old: Old, own: Database, tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "home", database_url=own.url)
    unfinished.begin(own, "0" * 64)
    with databases.connect(own) as connection:
        connection.execute("CREATE TABLE another (id integer)")
    with pytest.raises(RestoreUnfinished):
        restore.restore(settings, old.backup)
    with databases.connect(own) as connection, connection.transaction():
        assert list(count_tables(connection)) == ["public.another"]


def test_a_database_that_is_not_the_one_backed_up_stays_marked(
    old: Old, own: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(tmp_path / "home", database_url=own.url)
    pour = restore.pour

    def pour_and_lose(*arguments: object, **options: object) -> None:
        pour(*arguments, **options)  # type: ignore[arg-type]
        with databases.connect(own) as connection:
            connection.execute("DELETE FROM odd WHERE id = 7")

    monkeypatch.setattr(restore, "pour", pour_and_lose)
    for _ in range(2):
        with pytest.raises(BackupDamaged):
            restore.restore(settings, old.backup)
    with brief_engine(own.url) as engine, pytest.raises(RestoreUnfinished):
        schema.refuse_other(engine)


@pytest.mark.parametrize(
    "step",
    [
        pytest.param("gridsvc.infra.restore:compare", marks=pytest.mark.slow),
        pytest.param("gridsvc.infra.restore:move_in", marks=pytest.mark.slow),
        pytest.param("data", marks=pytest.mark.slow),
    ],
)
def test_killed_on_its_way_into_a_new_cluster_it_begins_again(old: Old, step: str) -> None:
    with new_home() as home:
        settings = settings_for(home)
        kill_at(step, settings, old.backup)
        with pytest.raises(InstallationFault, match="did not end"), cluster.running(settings):
            pass
        restore.restore(settings, old.backup)
        with cluster.running(settings) as database:
            assert is_whole(settings, database, old)
        with pytest.raises(HomeNotEmpty):
            restore.restore(settings, old.backup)


def test_interrupted_in_the_middle_of_moving_it_begins_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def interrupted(path: Path, target: Path) -> Path:
        if path.name == "data":
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with contextlib.suppress(KeyboardInterrupt), restore.staging_folder(tmp_path / "home") as staging:
        photo_in(staging)
        (staging / "data").mkdir()
        restore.move_in(staging, tmp_path / "home")
        pytest.fail("it was not interrupted")
    with restore.staging_folder(tmp_path / "home"):
        assert [path.read_bytes() for path in (tmp_path / "home" / "files").glob("*/*")] == [PHOTO]


def test_two_restores_into_one_home_do_not_meet(tmp_path: Path) -> None:
    with restore.staging_folder(tmp_path / "home") as staging:
        (staging / "begun").touch()
        with pytest.raises(HomeNotEmpty, match="going on"), restore.staging_folder(tmp_path / "home"):
            pass
        assert (staging / "begun").exists()
