"""Photos: nothing but the picture is kept, bombs and junk are refused, and what nothing names goes away."""

import io
import os
import struct
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.core.errors import InvalidInput, NotFound
from gridsvc.infra import databases
from gridsvc.infra.databases import Database
from gridsvc.infra.files import HOLD, FileStore
from gridsvc.patrols.logged import VisitReport
from gridsvc.patrols.photos import LARGEST_BYTES, read_photo, store_photo, sweep_photos
from gridsvc.patrols.visits import record_visit
from tests.fixtures.small_net import CLERK, SmallNet, lay_small_net
from tests.infra.service_home import eventually

NOW = datetime.now(UTC)


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path)


@pytest.fixture
def net(session: Session) -> SmallNet:
    return lay_small_net(session)


def jpeg(colour: str = "green", size: tuple[int, int] = (60, 40), *, orientation: int = 1) -> bytes:
    """A picture with the position of where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "a maker of phones"
    exif[0x8825] = {1: "N", 2: (32.0, 55.0, 1.0), 3: "E", 4: (117.0, 23.0, 1.0)}
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG", exif=exif, comment=b"somebody's name")
    return written.getvalue()


def bomb(edge: int) -> bytes:
    """A PNG of some kilobytes that claims a great many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", edge, edge, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def test_the_position_is_left_behind_and_the_picture_stands_upright(session: Session, files: FileStore) -> None:
    sent = jpeg(orientation=6)
    assert b"maker of phones" in sent
    stored = store_photo(session, files, sent, now=NOW, actor=CLERK)
    kept = files.read(stored.hash)
    picture = Image.open(io.BytesIO(kept))
    assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (40, 60), {})
    assert (stored.width_px, stored.height_px, stored.size_bytes) == (40, 60, len(kept))
    assert not [sign for sign in (b"Exif", b"maker", b"somebody") if sign in kept]


def test_a_large_photo_is_made_smaller(session: Session, files: FileStore) -> None:
    stored = store_photo(session, files, jpeg(size=(5000, 3000)), now=NOW, actor=CLERK)
    assert max(stored.width_px, stored.height_px) == 2048


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "missing"),
        (b"MZ not a picture", "not_a_photo"),
        (b"\xff\xd8\xff" + bytes(200), "not_a_photo"),
        (jpeg()[:300], "not_a_photo"),
        (bomb(20_000), "too_many_pixels"),
        (bomb(7_500), "too_many_pixels"),
        (b"\xff\xd8\xff" + bytes(LARGEST_BYTES), "too_large"),
    ],
)
def test_what_is_no_photo_is_refused_and_leaves_nothing(
    session: Session, files: FileStore, content: bytes, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        store_photo(session, files, content, now=NOW, actor=CLERK)
    assert [(fault.place, fault.code) for fault in refused.value.faults] == [("body", code)]
    assert session.scalar(text("SELECT count(*) FROM photo")) == 0
    assert not list(files.root.glob("??/*"))


def test_the_same_photo_a_hundred_times_is_one_file_and_flagged(
    session: Session, files: FileStore, net: SmallNet
) -> None:
    content = jpeg()
    names = {store_photo(session, files, content, now=NOW, actor=CLERK).hash for _ in range(100)}
    assert len(names) == len(list(files.root.glob("??/*"))) == 1
    flags = [shown(session, net, *names) for _ in range(3)]
    assert flags == [(), ("reused_photo",), ("reused_photo",)]
    with pytest.raises(InvalidInput) as refused:
        shown(session, net, "0" * 64)
    assert [fault.place for fault in refused.value.faults] == ["photos"]


def shown(session: Session, net: SmallNet, *names: str) -> tuple[str, ...]:
    """The flags of a visit that shows these photos."""
    sent = VisitReport(client_id=uuid4(), kind="care_visit", result="done", door_code="A0", photos=names)
    return record_visit(session, sent, worker_id=net.workers["A"], actor=CLERK).flags


def test_a_photo_is_read_by_the_visit_that_shows_it(session: Session, files: FileStore, net: SmallNet) -> None:
    stored, other = (store_photo(session, files, jpeg(name), now=NOW, actor=CLERK) for name in ("red", "blue"))
    shown(session, net, stored.hash)
    visit_id = session.scalar(text("SELECT id FROM visit"))
    assert visit_id is not None
    assert read_photo(session, files, visit_id, stored.hash) == files.read(stored.hash)
    with pytest.raises(NotFound):
        read_photo(session, files, visit_id, other.hash)


def test_what_nothing_names_is_swept_after_a_day(session: Session, files: FileStore, net: SmallNet) -> None:
    kept, unshown = (store_photo(session, files, jpeg(name), now=NOW, actor=CLERK).hash for name in ("red", "blue"))
    shown(session, net, kept)
    stray = files.put(b"a file without a row")
    old = (NOW - timedelta(days=2)).timestamp()
    for name in (kept, stray):
        os.utime(files.path(name), (old, old))
    assert sweep_photos(session, files, now=NOW) == 1
    assert sweep_photos(session, files, now=NOW + timedelta(days=2)) == 1
    assert files.path(kept).is_file()
    assert not files.path(stray).exists()
    assert not files.path(unshown).exists()
    session.execute(text("DELETE FROM visit_photo"))
    assert sweep_photos(session, files, now=NOW + timedelta(days=2)) == 1
    assert not files.path(kept).exists()


def test_nothing_is_swept_while_somebody_copies_the_files(
    session: Session, files: FileStore, database: Database
) -> None:
    stored = store_photo(session, files, jpeg(), now=NOW - timedelta(days=2), actor=CLERK)
    with databases.connect(database) as copying:
        copying.execute(HOLD)
        assert sweep_photos(session, files, now=NOW) == 0
        assert files.path(stored.hash).is_file()
    assert eventually(lambda: sweep_photos(session, files, now=NOW) == 1)


def test_a_file_is_named_by_its_hash_alone(files: FileStore) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        files.path("../" + "0" * 61)
