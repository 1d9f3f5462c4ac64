"""Files beside the database, each kept under the SHA-256 of its own bytes, on disk before anybody is told.

A file is written once and never changed. The row that names it is committed after `put`, which returns only when the
bytes and the names of their folders are on the disk; so a row may lack its file only if somebody took it away.
"""

import contextlib
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

FOLDER = "files"
NAME = re.compile(r"[0-9a-f]{64}")
NEW = ".new-"
# Whoever copies the files holds this together with others, whoever takes some away must have it alone: nothing that the
# copied rows name vanishes meanwhile.
HOLD = "SELECT pg_advisory_lock_shared(hashtextextended('gridsvc files', 0))"
TRY_ALONE = "SELECT pg_try_advisory_xact_lock(hashtextextended('gridsvc files', 0))"


class FileStore:
    """The files of a home."""

    def __init__(self, home: Path) -> None:
        self.root = home / FOLDER

    def path(self, name: str) -> Path:
        """Where the file of that hash lies; raises ValueError for anything that is no hash."""
        if not NAME.fullmatch(name):
            raise ValueError("a file is named by its SHA-256")
        return self.root / name[:2] / name

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their hash. When it returns, they are on the disk."""
        name = hashlib.sha256(content).hexdigest()
        place = self.path(name)
        if place.is_file() and place.stat().st_size == len(content):
            return name
        self._make_folder(place.parent)
        number, fresh = tempfile.mkstemp(prefix=NEW, dir=place.parent)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(fresh).replace(place)
        except BaseException:
            Path(fresh).unlink(missing_ok=True)
            raise
        _sync_folder(place.parent)
        return name

    def read(self, name: str) -> bytes:
        """The bytes of that hash; raises FileNotFoundError."""
        return self.path(name).read_bytes()

    def remove(self, name: str) -> None:
        """Take a file away; one that is not there is nothing to complain about."""
        self.path(name).unlink(missing_ok=True)

    def older_than(self, seconds: float) -> Iterator[str]:
        """The hashes of the files last written longer ago than that. Unfinished ones of that age are taken away."""
        before = time.time() - seconds
        for place in self.root.glob("??/*"):
            with contextlib.suppress(FileNotFoundError):
                if place.stat().st_mtime >= before:
                    continue
                if NAME.fullmatch(place.name):
                    yield place.name
                elif place.name.startswith(NEW):
                    place.unlink()

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync_folder(folder.parent)
        _sync_folder(folder.parent.parent)


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
