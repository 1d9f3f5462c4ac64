"""The backup as one file: its manifest, how it is written, and how it is read back with every part checked."""

import errno
import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from gridsvc.core.errors import UnreadableFile
from gridsvc.infra.inventory import Content, Inventory, Role

FORMAT = 1
MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files"
STORED_FILE = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")
CHUNK = 1 << 20
# As the service's own store makes them (`gridsvc.infra.files`).
FOLDER_MODE, FILE_MODE = 0o700, 0o600


class BackupDamaged(UnreadableFile):
    """The backup is not what it was when it was made."""

    code = "backup_damaged"


@dataclass(frozen=True)
class Manifest:
    """What a backup holds and from whom.

    `damaged_files` were damaged in the service's own store already, `missing_files` are named by its rows and were not
    there; backups of before they were looked for tell of none.
    """

    made_at: datetime
    version: str
    schema: str
    server: str
    owner: str
    dump_sha256: str
    tables: Inventory
    roles: list[Role]
    members: list[tuple[str, str]]
    files: int
    damaged_files: list[str]
    missing_files: list[str] = field(default_factory=list)

    def as_json(self) -> str:
        """The manifest as it lies in the backup."""
        values = asdict(self) | {"format": FORMAT, "made_at": self.made_at.isoformat()}
        return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True)

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(content.rows for content in self.tables.values())


def manifest_from(text: str) -> Manifest:
    """The manifest written in `text`; raises BackupDamaged."""
    try:
        values: dict[str, Any] = json.loads(text)
        if values.pop("format") != FORMAT:
            raise BackupDamaged("The backup has a format that this version does not know; use a newer version.")
        values["made_at"] = datetime.fromisoformat(values["made_at"])
        values["tables"] = {name: Content(**content) for name, content in values["tables"].items()}
        values["roles"] = [Role(**role) for role in values["roles"]]
        values["members"] = [(role, member) for role, member in values["members"]]
        return Manifest(**values)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupDamaged("The backup's manifest cannot be read.") from error


def write(place: Path, dump: Path, facts: dict[str, Any], files: Path, named: Iterable[str]) -> Manifest:
    """The backup as one file, the manifest last, when all hashes are known; `named` are the files that rows tell of."""
    damaged: list[str] = []
    missing = set(named)
    count = 0
    with create(place) as raw:
        with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as archive:
            dump_hash = _add(archive, dump, DUMP)
            for path in stored_files(files):
                count += 1
                missing.discard(path.name)
                if _add(archive, path, entry_name(path.name)) != path.name:
                    damaged.append(entry_name(path.name))
            facts |= {"files": count, "damaged_files": damaged, "missing_files": [*map(entry_name, sorted(missing))]}
            manifest = Manifest(**facts, dump_sha256=dump_hash)
            _add_text(archive, MANIFEST, manifest.as_json())
            _add_text(archive, MANIFEST + ".sha256", hashlib.sha256(manifest.as_json().encode()).hexdigest())
        raw.flush()
        os.fsync(raw.fileno())
    return manifest


def stored_files(folder: Path) -> Iterator[Path]:
    """The uploaded files of a home, in the order of their names; what is not named by its content is none."""
    for path in sorted(folder.glob("[0-9a-f][0-9a-f]/*")):
        if STORED_FILE.fullmatch(f"{FILES}/{path.parent.name}/{path.name}"):
            yield path


def entry_name(name: str) -> str:
    """What a backup calls the stored file of that name."""
    return f"{FILES}/{name[:2]}/{name}"


def stored_place(folder: Path, name: str) -> Path:
    """Where the stored file of that name lies below `folder`, whose parts are made where they are missing."""
    place = folder / name[:2] / name
    for part in (folder, place.parent):
        part.mkdir(mode=FOLDER_MODE, exist_ok=True)
    return place


def create(place: Path) -> IO[bytes]:
    """A new file to write, whose owner alone can read it, whatever the umask."""
    return os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE), "wb")


class _Hashed(io.RawIOBase):
    """A file that is hashed while it is read."""

    def __init__(self, source: io.BufferedIOBase) -> None:
        self.source = source
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        part = self.source.read(size)
        self.hash.update(part)
        return part


def _add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    with path.open("rb") as source:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = path.stat().st_size, FILE_MODE
        hashed = _Hashed(source)
        archive.addfile(entry, hashed)
        return hashed.hash.hexdigest()


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), FILE_MODE
    archive.addfile(entry, io.BytesIO(content))


def sync_folder(folder: Path) -> None:
    """Sees to it that the names in a folder are on the disk, and not only the files they name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network disks know no such thing
            raise
    finally:
        os.close(handle)


def read_manifest(backup: Path) -> Manifest:
    """What the backup says it holds; raises UnreadableFile or BackupDamaged. Its parts are not looked at."""
    with _opened(backup) as archive:
        told, proof = _text(archive, MANIFEST), _text(archive, MANIFEST + ".sha256")
    if hashlib.sha256(told.encode()).hexdigest() != proof:
        raise BackupDamaged("The backup's manifest was changed.")
    return manifest_from(told)


def unpack(backup: Path, manifest: Manifest, folder: Path) -> Path:
    """Writes the dump and the files of a backup into `folder`, each checked by its hash; returns where the dump is.

    Raises BackupDamaged when a part is missing, changed, or does not belong into a backup.
    """
    seen = 0
    dump = folder / DUMP
    with _opened(backup) as archive:
        for entry in archive:
            if entry.name == DUMP and entry.isfile():
                if _extract(archive, entry, dump) != manifest.dump_sha256:
                    raise BackupDamaged("The database in the backup was changed.")
            elif (stored := STORED_FILE.fullmatch(entry.name)) and entry.isfile():
                seen += 1
                place = stored_place(folder / FILES, stored[2])
                if _extract(archive, entry, place) != stored[2] and entry.name not in manifest.damaged_files:
                    raise BackupDamaged(f"The file {entry.name} in the backup was changed.")
            elif entry.name not in (MANIFEST, MANIFEST + ".sha256"):
                raise BackupDamaged("The backup holds something that does not belong into it.")
    if not dump.exists() or seen != manifest.files:
        raise BackupDamaged("Parts of the backup are missing.")
    return dump


@contextmanager
def _opened(backup: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(backup, mode="r:") as archive:
            yield archive
    except (tarfile.TarError, EOFError, UnicodeDecodeError) as error:
        raise BackupDamaged(f"{backup} is not a backup, or not a whole one.") from error
    except OSError as error:
        raise UnreadableFile(f"{backup} cannot be read: {error.strerror}.") from error


def _text(archive: tarfile.TarFile, name: str) -> str:
    try:
        source = archive.extractfile(name)
    except KeyError:
        source = None
    if source is None:
        raise BackupDamaged(f"The backup has no {name}.")
    return source.read().decode()


def _extract(archive: tarfile.TarFile, entry: tarfile.TarInfo, place: Path) -> str:
    source = archive.extractfile(entry)
    assert source is not None
    return _write_hashed(source, place)


def copy_stored(path: Path, folder: Path) -> str:
    """Copies a stored file to its place below another folder; returns the hash of what it holds."""
    place = stored_place(folder, path.name)
    place.unlink(missing_ok=True)
    with path.open("rb") as source:
        return _write_hashed(source, place)


def _write_hashed(source: IO[bytes], place: Path) -> str:
    digest = hashlib.sha256()
    with create(place) as target:
        while part := source.read(CHUNK):
            digest.update(part)
            target.write(part)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest()
