"""The private cluster: started by whoever needs it, stopped with the last, and plain words when it cannot run."""

import multiprocessing
import os
import pwd
import shutil
import signal
import stat
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from gridsvc.core.errors import Conflict, InstallationFault
from gridsvc.infra import cluster, databases
from gridsvc.infra.cluster_data import Layout, last_words, postmaster_pid
from gridsvc.infra.databases import Database
from tests.infra.service_home import (
    end,
    eventually,
    is_gone,
    new_home,
    processes_of,
    read_line,
    running_pid,
    settings_for,
    start_script,
)

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can do this")

HOLD = """
    import sys, time
    from gridsvc.infra import cluster
    from gridsvc.infra.settings import Settings
    with cluster.running(Settings(home=sys.argv[1], database_url=None)) as database:
        print("owned" if database.owned else "joined", flush=True)
        time.sleep(600)
"""


@pytest.fixture(scope="module")
def made_home() -> Iterator[Path]:
    """One home with a cluster in it; each test starts and stops it."""
    with new_home() as home:
        with cluster.running(settings_for(home)):
            pass
        yield home


@pytest.fixture
def home(made_home: Path) -> Iterator[Path]:
    assert running_pid(made_home) is None
    yield made_home
    assert eventually(lambda: not processes_of(made_home)), processes_of(made_home)


@pytest.fixture
def empty_home() -> Iterator[Path]:
    with new_home() as home:
        yield home


def ask(database: Database, statement: str) -> object:
    with databases.connect(database) as connection:
        row = connection.execute(statement).fetchone()
    assert row is not None
    return row[0]


def test_a_new_home_gets_a_utf8_database_with_all_extensions(empty_home: Path) -> None:
    with cluster.running(settings_for(empty_home)) as database:
        assert database.owned
        assert ask(database, "SHOW server_encoding") == "UTF8"
        assert ask(database, "SHOW listen_addresses") == ""
        assert ask(database, "SHOW TimeZone") == "Asia/Shanghai"
        assert ask(database, "SELECT similarity('蚌山区胜利社区', '蚌山区胜利路社区') > 0.5") is True
        found = ask(database, "SELECT array_agg(extname::text) FROM pg_extension")
        assert set(databases.EXTENSIONS) <= set(found)  # type: ignore[call-overload]
    assert running_pid(empty_home) is None


def test_what_was_committed_is_there_at_the_next_start(home: Path) -> None:
    with cluster.running(settings_for(home)) as database, databases.connect(database) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        connection.execute("INSERT INTO kept VALUES (7)")
    with cluster.running(settings_for(home)) as database:
        assert ask(database, "SELECT max(n) FROM kept") == 7


def test_it_stops_when_the_command_fails(home: Path) -> None:
    with pytest.raises(RuntimeError, match="own fault"), cluster.running(settings_for(home)):
        raise RuntimeError("own fault")
    assert running_pid(home) is None


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_nothing_is_left_when_the_command_is_ended_by_a_signal(home: Path, number: signal.Signals) -> None:
    owner = start_script(HOLD, home, stderr=subprocess.DEVNULL)
    assert read_line(owner) == "owned"
    assert running_pid(home) is not None
    end(owner, number)
    assert eventually(lambda: not processes_of(home)), processes_of(home)


def test_nothing_is_left_when_the_command_is_killed_while_it_starts(home: Path) -> None:
    owner = start_script(HOLD, home)
    assert eventually(lambda: bool([line for line in processes_of(home) if "guardian.sh" in line]))
    end(owner, signal.SIGKILL)
    assert eventually(lambda: not processes_of(home)), processes_of(home)
    with cluster.running(settings_for(home)) as database:
        assert ask(database, "SELECT 1") == 1


def test_a_killed_server_is_started_again_with_what_was_committed(home: Path) -> None:
    with cluster.running(settings_for(home)) as database:
        with databases.connect(database) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS survivor (n int)")
            connection.execute("TRUNCATE survivor")
            connection.execute("INSERT INTO survivor VALUES (1)")
        before = running_pid(home)
        assert before is not None
        assert not database.revive()
        os.kill(before, signal.SIGKILL)
        assert eventually(lambda: is_gone(before))
        assert database.revive()
        assert ask(database, "SELECT count(*) FROM survivor") == 1
        assert running_pid(home) not in (None, before)


def test_a_server_that_has_ended_is_not_waited_for(home: Path) -> None:
    told: list[bool] = []
    with cluster.running(settings_for(home)) as database:
        server = running_pid(home)
        assert server is not None

        def tells() -> bool:
            told.append(database.runs())
            if len(told) == 3:
                os.kill(server, signal.SIGKILL)
                assert eventually(lambda: is_gone(server))
            return told[-1]

        nobody = databases.at_socket(str(home / "nobody listens here"))
        with pytest.raises(psycopg.OperationalError):
            databases.connect(replace(nobody, runs=tells), patience_s=60)
    assert told == [True, True, True, False]


def test_a_server_killed_with_its_command_starts_again_at_once(home: Path) -> None:
    owner = start_script(HOLD, home)
    assert read_line(owner) == "owned"
    pid = running_pid(home)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    end(owner, signal.SIGKILL)
    with cluster.running(settings_for(home)) as database:
        assert ask(database, "SELECT 1") == 1


def test_a_second_command_joins_and_the_last_one_stops_the_cluster(home: Path) -> None:
    first = start_script(HOLD, home, stderr=subprocess.DEVNULL)
    assert read_line(first) == "owned"
    second = start_script(HOLD, home, stderr=subprocess.DEVNULL)
    assert read_line(second) == "joined"
    pid = running_pid(home)
    end(first, signal.SIGTERM)
    with cluster.running(settings_for(home)) as database:
        assert not database.owned
        assert ask(database, "SELECT 1") == 1
    assert running_pid(home) == pid
    end(second, signal.SIGKILL)
    assert eventually(lambda: running_pid(home) is None)


def test_of_two_racing_first_starters_one_makes_the_cluster_and_the_other_joins(empty_home: Path) -> None:
    racers = [start_script(HOLD, empty_home, stderr=subprocess.DEVNULL) for _ in range(2)]
    assert sorted(read_line(racer) for racer in racers) == ["joined", "owned"]
    for racer in racers:
        end(racer, signal.SIGTERM)
    assert eventually(lambda: not processes_of(empty_home)), processes_of(empty_home)


def test_half_a_data_folder_from_an_interrupted_start_is_no_hindrance(empty_home: Path) -> None:
    (empty_home / "data.new" / "base").mkdir(parents=True)
    empty_home.chmod(0o755)
    with cluster.running(settings_for(empty_home)) as database:
        assert ask(database, "SELECT 1") == 1
    assert not (empty_home / "data.new").exists()


def test_a_lock_file_whose_number_belongs_to_another_program_is_not_believed(home: Path) -> None:
    owner = (home / "data").stat().st_uid
    stranger = subprocess.Popen(["sleep", "60"], user=owner if owner != os.geteuid() else None)
    lock = home / "data" / "postmaster.pid"
    lock.write_text(f"{stranger.pid}\n{home / 'data'}\n1\n5432\n{home / 'data'}\n\n")
    shutil.chown(lock, owner)
    try:
        assert postmaster_pid(home / "data") is None
        with cluster.running(settings_for(home)) as database:
            assert ask(database, "SELECT 1") == 1
    finally:
        stranger.kill()
        stranger.wait()


def test_it_can_be_kept_running_and_stopped_on_request(home: Path) -> None:
    settings = settings_for(home)
    with cluster.running(settings):
        cluster.Cluster(settings).keep_running()
    pid = running_pid(home)
    assert pid is not None
    with cluster.running(settings) as database:
        assert not database.owned
    assert running_pid(home) == pid
    assert cluster.Cluster(settings).stop()
    assert running_pid(home) is None
    assert not cluster.Cluster(settings).stop()


def test_stopping_it_under_another_command_needs_force(home: Path) -> None:
    settings = settings_for(home)
    with cluster.running(settings):
        with pytest.raises(Conflict, match="Another command"):
            cluster.Cluster(settings).stop()
        assert running_pid(home) is not None
        assert cluster.Cluster(settings).stop(force=True)
        assert running_pid(home) is None


def test_a_wish_to_keep_it_running_does_not_outlive_a_reboot(home: Path) -> None:
    (home / "cluster.keep").write_text("the boot before")
    with cluster.running(settings_for(home)):
        pass
    assert running_pid(home) is None


def test_a_home_too_deep_for_a_socket_gets_one_in_a_private_folder() -> None:
    with new_home(prefix="gridsvc-" + "long-" * 16) as home:
        with cluster.running(settings_for(home)) as database:
            assert ask(database, "SELECT 1") == 1
            folder = Path(str(ask(database, "SHOW unix_socket_directories")))
            assert folder != home / "data"
            assert folder.stat().st_mode & 0o077 == 0
        folder.rmdir()


def test_missing_programs_are_named_with_the_command_that_installs_them(
    empty_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))
    with (
        pytest.raises(InstallationFault, match=r"initdb, pg_ctl, postgres .*apt-get install postgresql-postgis"),
        cluster.running(settings_for(empty_home)),
    ):
        pass


def test_data_of_another_major_version_are_refused_and_left_alone(empty_home: Path) -> None:
    data = empty_home / "data"
    data.mkdir(parents=True, mode=0o700)
    (data / "PG_VERSION").write_text("11\n")
    if os.geteuid() == 0:
        shutil.chown(data, "nobody")
    with (
        pytest.raises(InstallationFault, match=r"written by PostgreSQL 11, .*postgresql-11-postgis-3.*pg_dump") as told,
        cluster.running(settings_for(empty_home)),
    ):
        pass
    assert "Nothing was changed" in told.value.message
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_a_folder_with_other_things_in_it_is_not_taken_for_data(empty_home: Path) -> None:
    (empty_home / "data").mkdir(parents=True)
    (empty_home / "data" / "thesis.docx").touch()
    if os.geteuid() == 0:
        shutil.chown(empty_home / "data", "nobody")
    with pytest.raises(InstallationFault, match="Move it away"), cluster.running(settings_for(empty_home)):
        pass
    assert (empty_home / "data" / "thesis.docx").exists()


def test_a_server_that_does_not_start_says_why(home: Path) -> None:
    config = home / "data" / "postgresql.conf"
    good = config.read_text()
    config.write_text(good + "shared_buffers = 'plenty'\n")
    try:
        with pytest.raises(InstallationFault, match="shared_buffers"), cluster.running(settings_for(home)):
            pass
    finally:
        config.write_text(good)
    assert "start.log" in last_words(Layout(home))


@as_root
def test_a_home_the_databases_user_cannot_enter_is_named(tmp_path: Path) -> None:
    with pytest.raises(InstallationFault, match="cannot enter"), cluster.running(settings_for(tmp_path / "home")):
        pass


@as_root
def test_a_home_made_for_root_alone_is_opened_for_passing_through() -> None:
    with new_home() as home:
        home.mkdir(mode=0o700)
        with cluster.running(settings_for(home)) as database:
            assert ask(database, "SELECT 1") == 1
        assert stat.S_IMODE(home.stat().st_mode) == 0o711
        assert stat.S_IMODE((home / "data").stat().st_mode) == 0o700


@as_root
def test_an_ordinary_user_runs_a_cluster_of_their_own(empty_home: Path) -> None:
    empty_home.mkdir()
    nobody = pwd.getpwnam("nobody")
    os.chown(empty_home, nobody.pw_uid, nobody.pw_gid)
    code = _in_child(lambda: _use_as(nobody, empty_home))
    assert code == 0
    assert (empty_home / "data").stat().st_uid == nobody.pw_uid
    assert running_pid(empty_home) is None
    assert _in_child(lambda: _use_as(pwd.getpwnam("daemon"), empty_home)) == 3


def _use_as(user: pwd.struct_passwd, home: Path) -> int:
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    try:
        with cluster.running(settings_for(home)) as database:
            return 0 if ask(database, "SELECT current_user::text") == "gridsvc" else 1
    except InstallationFault as fault:
        return 3 if "belong to user nobody" in fault.message or "cannot be written" in fault.message else 4


def _in_child(action: Callable[[], int]) -> int | None:
    child = multiprocessing.get_context("fork").Process(target=lambda: os._exit(action()))
    child.start()
    child.join(60)
    return child.exitcode


def test_databases_are_made_empty_or_as_copies_and_dropped(home: Path) -> None:
    with cluster.running(settings_for(home)) as server:
        first = databases.create_database(server, "first")
        with databases.connect(first) as connection:
            connection.execute("CREATE TABLE place (point geometry(Point, 4326))")
        second = databases.create_database(server, "第二", template="first")
        assert ask(second, "SELECT count(*) FROM place") == 0
        for name in ("first", "第二", "never made"):
            databases.drop_database(server, name)
        names = ask(server, "SELECT string_agg(datname, ' ') FROM pg_database")
        assert "first" not in str(names)


def test_a_server_of_the_citys_own_needs_its_administrator_for_extensions(home: Path) -> None:
    with cluster.running(settings_for(home)) as server:
        bare = databases.create_database(server, "bare", template="template0")
        own = settings_for(home, database_url=bare.conninfo)
        with pytest.raises(InstallationFault, match=r"postgis.*scripts/sql/extensions.sql"), cluster.running(own):
            pass
        script = Path(__file__).parents[2] / "scripts" / "sql" / "extensions.sql"
        with databases.connect(bare) as connection:
            connection.execute(script.read_bytes())
        with cluster.running(own) as database:
            assert database.url == bare.url
            assert not database.owned
            assert not database.revive()
        databases.drop_database(server, "bare")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://somewhere/db", "must look like postgresql://"),
        ("postgresql://nobody@127.0.0.1:1/gridsvc", "cannot be reached"),
    ],
)
def test_an_own_server_that_does_not_answer_is_named(empty_home: Path, url: str, told: str) -> None:
    with pytest.raises(InstallationFault, match=told), cluster.running(settings_for(empty_home, database_url=url)):
        pass
    assert not empty_home.exists()
