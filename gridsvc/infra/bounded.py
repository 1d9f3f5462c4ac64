"""Letting a child process look at a file from outside: it may take little, reach nothing, and is believed only so far.

The child (`bounded_child`) gets a folder of its own with a copy of the file, a share of memory, time and output, no
network, and, when the service runs as root, an unprivileged user. Its answer comes through a descriptor that was opened
here, so nothing that a file makes it do can lead this process to another file.
"""

import errno
import json
import os
import pwd
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from gridsvc.core.errors import Fault, InvalidInput, StorageFull, UnreadableFile
from gridsvc.core.fields import shortened

MEGABYTE = 1024 * 1024
CHUNK = MEGABYTE
# Not the user of the database: who decodes files must not be let in by its socket.
UNPRIVILEGED = "nobody"
UNPRIVILEGED_ID = 65534
KILLED_AFTER = 2
# What a refusal says is for people; more than this is the file speaking.
LONGEST_REFUSAL, LONGEST_WORD, MOST_FAULTS = 500, 200, 1000
UNDECODABLE = "The file cannot be decoded within the limits of memory and time."


@dataclass(frozen=True)
class Resources:
    """What a child may take: address space, seconds of processor time (twice that by the clock), largest file.

    `answered_bytes` is how much of an answer whoever asks takes into its own memory.
    """

    memory_bytes: int
    seconds: int
    written_bytes: int
    answered_bytes: int = 64 * MEGABYTE


@contextmanager
def own_folder() -> Iterator[Path]:
    """A new folder for one child and its input, removed afterwards; nobody but the child's user can enter it."""
    with tempfile.TemporaryDirectory(prefix="gridsvc-read-") as name:
        yield Path(name)


def copy_bounded(source: Path, target: Path, most: int) -> None:
    """A copy of at most `most` bytes, however long the source turns out to be. Raises UnreadableFile beyond."""
    with source.open("rb") as reading, target.open("wb") as writing:
        pour(reading, writing, most)


def pour(reading: Any, writing: BinaryIO, most: int) -> int:
    """Copies to the end and returns how much, but never more than `most` bytes, whatever sizes were announced."""
    total = 0
    while chunk := reading.read(CHUNK):
        total += len(chunk)
        if total > most:
            raise UnreadableFile(f"The file unpacks to more than {most // MEGABYTE} MB.")
        writing.write(chunk)
    return total


def ask_child(module: str, order: Mapping[str, Any], *, folder: Path, resources: Resources) -> Any:
    """What `module.answer(order)` returns in a bounded child, which owns `folder` while it lives.

    The child works in `folder`; `order` names files by how they are called there. Its user must be able to come through
    the folders above, as through /tmp. `order` and the answer are what JSON can hold. InvalidInput and its kinds raised
    by the child are raised here, in few words; UnreadableFile also tells of a child that took or said too much or died,
    and StorageFull of one that had no room for what it unpacked.
    """
    user = unprivileged_user()
    if user is not None:
        _hand_over(folder, user)
    given = {"module": module, "order": dict(order), "resources": asdict(resources), "user": user}
    with tempfile.TemporaryFile() as told:
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "gridsvc.infra.bounded_child", json.dumps(given)],
                cwd=folder,
                env=_environment(folder),
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=subprocess.DEVNULL,
                timeout=resources.seconds * KILLED_AFTER,
                start_new_session=True,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableFile(f"Reading the file takes longer than {resources.seconds} s.") from error
        if done.returncode == errno.ENOSPC:
            raise StorageFull
        if done.returncode or os.fstat(told.fileno()).st_size > resources.answered_bytes:
            raise UnreadableFile(UNDECODABLE)
        told.seek(0)
        return _answer(told.read())


def unprivileged_user() -> tuple[int, int] | None:
    """User and group that a child of root becomes; None when the service does not run as root."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        return UNPRIVILEGED_ID, UNPRIVILEGED_ID
    return entry.pw_uid, entry.pw_gid


def _hand_over(folder: Path, user: tuple[int, int]) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, *user, follow_symlinks=False)


def _environment(folder: Path) -> dict[str, str]:
    """No proxy, no credentials, no configuration of the user reaches the child."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LC_ALL": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }


def _answer(content: bytes) -> Any:
    try:
        told = json.loads(content)
        if "refused" not in told:
            return told["answer"]
        refusal = _refusal(told)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UnreadableFile(UNDECODABLE) from error
    raise refusal


def _refusal(told: Mapping[str, Any]) -> InvalidInput:
    """What the child refused, cut to the length of a refusal: its words may be the file's."""
    kinds = {kind.code: kind for kind in InvalidInput.__subclasses__()}
    faults = [Fault(_word(place), _word(code), _word(message)) for place, code, message in told["faults"][:MOST_FAULTS]]
    return kinds.get(told["code"], InvalidInput)(shortened(str(told["refused"]), LONGEST_REFUSAL), faults=faults)


def _word(told: object) -> str:
    return shortened(str(told), LONGEST_WORD)
