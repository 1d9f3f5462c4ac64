"""Geometry that cannot change, made once and kept compressed on disk under a name that says what it shows.

The name of a document contains the net version, or a digest of what it was made from. So browsers may keep it for
ever, a redraw gets another address, and an idle service holds none of it in memory. A net version that is still to come
may be changed by plans before it: until it is in effect its name has a digest of its grids as well.
"""

import gzip
import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Literal
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.core.errors import NotFound
from gridsvc.dashboard import queries
from gridsvc.geography.locating import CurrentNet, current_net
from gridsvc.geography.queries import indexes

Encoding = Literal["br", "gzip"]
Kind = Literal["grids", "areas", "backdrop"]
BROTLI_QUALITY = 10
UUID_LENGTH = 36
# Everybody who looks asks for a new net at the same time; it is made once, and the others wait for it.
_MAKING = Lock()


@dataclass(frozen=True)
class Names:
    """The names of the documents that show the city at one moment; `grids` is None before the first net."""

    grids: str | None
    areas: str
    backdrop: str


def names_at(session: Session, at: datetime, net: CurrentNet | None) -> Names:
    """The names of what the map shows at a moment."""
    ground = queries.ground_stamp(session, at)
    grids = _name_of(session, net.id) if net else None
    return Names(
        grids=grids,
        areas=_digest("areas", ground.areas, grids or ""),
        backdrop=_digest("backdrop", ground.lines),
    )


def document(session: Session, folder: Path, kind: Kind, name: str, encoding: Encoding, *, at: datetime) -> bytes:
    """The compressed text of a document, made now if it was never made; NotFound when nothing bears that name."""
    kept = folder / f"{kind}-{name}.json.{encoding}"
    if kept.exists():
        return kept.read_bytes()
    make = _maker(session, kind, name, at)
    with _MAKING:
        if not kept.exists():
            text = make().encode()
            folder.mkdir(parents=True, exist_ok=True)
            for each in ("br", "gzip"):
                _write(folder / f"{kind}-{name}.json.{each}", _compress(text, each))
    return kept.read_bytes()


def prepare(session: Session, folder: Path, *, at: datetime) -> None:
    """Make every document of a moment, so that the first visitor need not wait."""
    names = names_at(session, at, current_net(session, at))
    for kind, name in (("areas", names.areas), ("backdrop", names.backdrop), ("grids", names.grids)):
        if name is not None:
            document(session, folder, kind, name, "br", at=at)  # type: ignore[arg-type]


def _maker(session: Session, kind: Kind, name: str, at: datetime) -> Callable[[], str]:
    from gridsvc.geography import display  # whole nets are worked on with shapely, which an idle service never loads

    if kind == "grids":
        version = _version_id(name[:UUID_LENGTH])
        if not queries.net_version_exists(session, version) or name != _name_of(session, version):
            raise NotFound
        return lambda: display.display_grids(session, version)
    names = names_at(session, at, current_net(session, at))
    if name != getattr(names, kind):
        raise NotFound
    if kind == "areas":
        return lambda: display.display_areas(session, at)
    return lambda: display.backdrop(session)


def _name_of(session: Session, version: UUID) -> str:
    return str(version) if indexes.is_settled(session, version) else f"{version}-{indexes.stamp(session, version)}"


def _version_id(name: str) -> UUID:
    try:
        return UUID(name)
    except ValueError:
        raise NotFound from None


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


def _compress(text: bytes, encoding: str) -> bytes:
    if encoding == "gzip":
        return gzip.compress(text, 9, mtime=0)
    import brotli

    packed: bytes = brotli.compress(text, quality=BROTLI_QUALITY)
    return packed


def _write(path: Path, content: bytes) -> None:
    """Written beside its place and moved there whole, so that nobody reads half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(path)
