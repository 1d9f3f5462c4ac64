"""Photos of visits: encoded anew without position data, kept by content, and taken away when nothing names them.

A photo is stored before the visit that shows it. What no visit shows a day later is swept, file and row; when retention
takes the last visit that shows a photo, the same sweep takes the photo.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.errors import Fault, InvalidInput, NotFound
from gridsvc.infra.files import FileStore
from gridsvc.patrols.allowed import refuse_photos
from gridsvc.patrols.queries import photos as queries

LARGEST_BYTES = 8 * 1024 * 1024
KEPT_UNSHOWN = timedelta(days=1)
MEMORY_BYTES = 1536 * 1024 * 1024
SECONDS = 20
SIGNS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    """A photo as it is kept: a JPEG under `hash`."""

    hash: str
    size_bytes: int
    width_px: int
    height_px: int


def store_photo(session: Session, files: FileStore, content: bytes, *, now: datetime, actor: Actor) -> StoredPhoto:
    """Keep a photo and return what a visit names it by; the same bytes sent again give the same photo.

    Refuses with NotDoneHere where the city takes no photos, with InvalidInput what is larger than 8 MB, and with
    UnreadableFile (naming `body`) what is no whole JPEG, PNG or WebP picture or unpacks to more than 50 million pixels.
    On the disk before the transaction commits.
    """
    actor.require("visits.create")
    refuse_photos(session)
    _check(content)
    source_hash = hashlib.sha256(content).hexdigest()
    known = queries.by_source(session, source_hash, now)
    if known is not None and files.path(known.hash).is_file():
        return StoredPhoto(known.hash, known.size_bytes, known.width_px, known.height_px)
    picture, width_px, height_px = _encoded_anew(content)
    name = hashlib.sha256(picture).hexdigest()
    # The row first: it waits for a sweep that is taking the same photo away, and the file is put after that.
    values = {"hash": name, "source_hash": source_hash, "size_bytes": len(picture), "account_id": actor.account_id}
    queries.keep(session, values | {"width_px": width_px, "height_px": height_px, "stored_at": now})
    files.put(picture)
    return StoredPhoto(name, len(picture), width_px, height_px)


def read_photo(session: Session, files: FileStore, visit_id: UUID, name: str) -> bytes:
    """The bytes of a photo that a visit shows; whether the visit may be seen is for the caller to check first."""
    if not queries.is_shown(session, visit_id, name):
        raise NotFound
    try:
        return files.read(name)
    except FileNotFoundError:
        raise NotFound("The file of this photo is not there any more.") from None


def sweep_photos(session: Session, files: FileStore, *, now: datetime) -> int:
    """Take away photos that no visit shows, and files without a row, a day after they came; returns how many.

    The rows are locked until the files are gone, so that whoever stores the same photo meanwhile puts it anew. While
    the files are copied for a backup nothing is taken away; the next sweep does it.
    """
    if not queries.may_take_away(session):
        return 0
    gone = queries.forget_unshown(session, now - KEPT_UNSHOWN)
    for name in gone:
        files.remove(name)
    old = list(files.older_than(KEPT_UNSHOWN.total_seconds()))
    stray = set(old) - queries.known(session, old)
    for name in stray:
        files.remove(name)
    return len(gone) + len(stray)


def _check(content: bytes) -> None:
    if not content:
        raise InvalidInput(faults=[Fault("body", "missing", "The body is the photo itself.")])
    if len(content) > LARGEST_BYTES:
        raise InvalidInput(faults=[Fault("body", "too_large", "A photo has at most 8 MB.")])
    if not content.startswith(SIGNS):
        raise InvalidInput(faults=[Fault("body", "not_a_photo", "This is no JPEG, PNG or WebP picture.")])


def _encoded_anew(content: bytes) -> tuple[bytes, int, int]:
    from gridsvc.infra.bounded import Resources, ask_child, own_folder

    with own_folder() as folder:
        (folder / "photo").write_bytes(content)
        told = ask_child(
            "gridsvc.patrols.photo_child",
            {"name": "photo"},
            folder=folder,
            resources=Resources(memory_bytes=MEMORY_BYTES, seconds=SECONDS, written_bytes=LARGEST_BYTES * 4),
        )
    return base64.b64decode(told["jpeg"]), int(told["width_px"]), int(told["height_px"])
