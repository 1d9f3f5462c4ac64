"""The PostgreSQL that is installed on this machine: where its programs are, which version, and who may run them."""

import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gridsvc.core.errors import InstallationFault

DISTRIBUTION_ROOT = Path("/usr/lib/postgresql")
OLDEST_MAJOR = 15
INSTALL_HINT = "sudo apt-get install postgresql-postgis"


@dataclass(frozen=True)
class Programs:
    """The server programs of one PostgreSQL version."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def path(self, name: str) -> str:
        return str(self.folder / name)


@dataclass(frozen=True)
class Account:
    """The operating system user the database runs as."""

    name: str
    uid: int
    gid: int

    @property
    def is_current(self) -> bool:
        return self.uid == os.geteuid()

    def run(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Runs a command as this user, away from the terminal and from the caller's folder and environment."""
        return subprocess.run(
            command,
            cwd="/",
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            start_new_session=True,
            user=None if self.is_current else self.uid,
            group=None if self.is_current else self.gid,
            extra_groups=None if self.is_current else [],
        )


def clean_environment() -> dict[str, str]:
    """The environment for PostgreSQL programs: UTF-8 whatever the caller's language, and none of his PG* variables."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C.UTF-8"}


def find_programs(data_major: int | None = None) -> Programs:
    """The programs to use: those of $PG_BINDIR, of the data's own version, or the newest installed.

    Refuses when there are none, when they are older than supported, or of another major version than the data.
    """
    folder = _folder(data_major)
    if folder is None:
        if data_major is not None and (other := _folder(None)) is not None:
            raise _other_major(data_major, Programs(other, program_version(other)))
        raise InstallationFault(f"PostgreSQL with PostGIS is not installed. Install it: {INSTALL_HINT}")
    missing = [name for name in ("initdb", "pg_ctl", "postgres") if not os.access(folder / name, os.X_OK)]
    if missing:
        raise InstallationFault(
            f"The PostgreSQL programs {', '.join(missing)} are not in {folder}. Install them ({INSTALL_HINT}) "
            "or set PG_BINDIR to the folder that holds them."
        )
    programs = Programs(folder, program_version(folder))
    if data_major is not None and programs.major != data_major:
        raise _other_major(data_major, programs)
    if programs.major < OLDEST_MAJOR:
        raise InstallationFault(
            f"PostgreSQL {programs.version} in {folder} is too old; {OLDEST_MAJOR} is the oldest version that works."
        )
    return programs


def _folder(data_major: int | None) -> Path | None:
    if given := os.environ.get("PG_BINDIR"):
        return Path(given)
    if data_major is not None:
        exact = DISTRIBUTION_ROOT / str(data_major) / "bin"
        if (exact / "postgres").exists():
            return exact
    else:
        installed = [path for path in DISTRIBUTION_ROOT.glob("*/bin") if (path / "initdb").exists()]
        if installed:
            return max(installed, key=lambda path: int(re.sub(r"\D", "", path.parent.name) or 0))
    on_path = shutil.which("initdb")
    if on_path is None:
        return None
    folder = Path(on_path).resolve().parent
    fits = data_major is None or int(program_version(folder).split(".")[0]) == data_major
    return folder if fits else None


def program_version(folder: Path) -> str:
    """The version of the server program on disk, such as "15.20"; a running server may still be an older one."""
    try:
        answer = subprocess.run(
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False, timeout=20
        ).stdout
    except OSError as error:
        raise InstallationFault(f"{folder / 'postgres'} does not run: {error}") from error
    found = re.search(r"(\d+(?:\.\d+)*)", answer)
    if found is None:
        raise InstallationFault(f"{folder / 'postgres'} does not tell its version.")
    return found.group(1)


def _other_major(data_major: int, programs: Programs) -> InstallationFault:
    return InstallationFault(
        f"The data were written by PostgreSQL {data_major}, but the programs in {programs.folder} are "
        f"{programs.version}. Either install version {data_major} beside it "
        f"(sudo apt-get install postgresql-{data_major}-postgis-3) and start again, or, to change to the new version: "
        "dump the database with the old programs (pg_dump -Fc), move the data folder away, and restore the dump "
        "(pg_restore) into the new one. Nothing was changed."
    )


def has_postgis(programs: Programs) -> bool | None:
    """Whether PostGIS is installed for these programs; None when that cannot be told."""
    config = programs.folder / "pg_config"
    shares = [Path("/usr/share/postgresql") / str(programs.major)]
    if os.access(config, os.X_OK):
        told = subprocess.run([str(config), "--sharedir"], capture_output=True, text=True, check=False)
        if told.returncode == 0:
            shares.insert(0, Path(told.stdout.strip()))
    known = [share for share in shares if (share / "extension").is_dir()]
    return any((share / "extension" / "postgis.control").exists() for share in known) if known else None


def account_for(data: Path) -> Account:
    """The user the cluster in `data` runs as: its owner; for new data ourselves, or for root an unprivileged user.

    PostgreSQL refuses to run as root. Refuses data of somebody else when we are not root.
    """
    me = os.geteuid()
    if data.exists():
        owner = data.stat().st_uid
        if owner == 0:
            raise InstallationFault(f"{data} belongs to root, and PostgreSQL does not run as root. Move it away.")
        if me not in (0, owner):
            raise InstallationFault(
                f"The data in {data} belong to user {_name(owner)}, and you are {_name(me)}. "
                "Run the command as that user, or set GRIDSVC_HOME to a folder of your own."
            )
        return _account(owner)
    if me != 0:
        return _account(me)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise InstallationFault("Root needs an unprivileged user (postgres or nobody) to run the database as.")


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _account(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise InstallationFault(
            f"User number {uid} has no name on this machine; PostgreSQL needs one. Add it to /etc/passwd."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
