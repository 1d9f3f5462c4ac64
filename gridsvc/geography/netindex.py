"""The locating index of each net version: built once from its grids, kept as a file that processes share.

A net version in effect never changes, so its id is the key and nothing has to be refreshed. A pending one is what the
plans before it make of it, which may still be withdrawn or join in: its index is built for whoever asks, and not kept.
"""

import json
import os
import shutil
import tempfile
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from gridsvc.core.errors import UnreadableFile
from gridsvc.core.locate import GridIndex
from gridsvc.geography.queries import indexes
from gridsvc.geography.shapes import from_wkb
from gridsvc.infra.settings import get_settings

INDEX_FILE, GRIDS_FILE = "index", "grids.json"
# A process asks for the net of now, perhaps for those beside it; the files serve statistics of the past as well.
MOST_IN_MEMORY, MOST_FILES = 3, 12


@dataclass(frozen=True)
class NetIndex:
    """The index of a net version. Arrays tell for each position what the grid there is called."""

    index: GridIndex
    codes: NDArray[np.object_]
    community_codes: NDArray[np.object_]
    grid_ids: NDArray[np.object_]
    grid_version_ids: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.codes)


class IndexStore:
    """Indexes by net version: in memory, else from files in a folder, else built. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._loaded: OrderedDict[UUID, NetIndex] = OrderedDict()

    def of_version(self, session: Session, version: UUID) -> NetIndex:
        """The index of a net version. The first call for one in effect builds it; others wait for that."""
        with self._lock:
            found = self._loaded.get(version)
            if found is None:
                found = self._from_file(version)
            if found is None:
                is_settled = indexes.is_settled(session, version)  # before reading, so that what is kept was in effect
                found = self._built(session, version, is_kept=is_settled)
                if not is_settled:
                    return found
            self._loaded[version] = found
            self._loaded.move_to_end(version)
            while len(self._loaded) > MOST_IN_MEMORY:
                self._loaded.popitem(last=False)
            return found

    def _from_file(self, version: UUID) -> NetIndex | None:
        place = self._folder / version.hex
        try:
            grids = json.loads((place / GRIDS_FILE).read_text("utf-8"))
            return _net_index(GridIndex.load(place / INDEX_FILE), grids)
        except OSError:
            return None  # not there, or not ours to read
        except (UnreadableFile, ValueError, KeyError):
            # Written by another release or cut off: it is made again from the database.
            shutil.rmtree(place, ignore_errors=True)
            return None

    def _built(self, session: Session, version: UUID, *, is_kept: bool) -> NetIndex:
        rows = indexes.grids_to_index(session, version)
        index = GridIndex.build(from_wkb([row.wkb for row in rows]))
        grids = {
            "codes": [row.code for row in rows],
            "community_codes": [row.community_code for row in rows],
            "grid_ids": [row.grid_id.hex for row in rows],
            "grid_version_ids": [row.grid_version_id.hex for row in rows],
        }
        if not is_kept:
            return _net_index(index, grids)
        # A home that cannot be written costs time at the next start, never the answer.
        with suppress(OSError):
            self._save(version, index, grids)
            saved = self._from_file(version)
            if saved is not None:
                return saved
        return _net_index(index, grids)

    def _save(self, version: UUID, index: GridIndex, grids: dict[str, list[str]]) -> None:
        """Writes a folder beside the others and then gives it its name; who is second leaves the first one's."""
        self._folder.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=".new-", dir=self._folder))
        try:
            index.save(place / INDEX_FILE)
            (place / GRIDS_FILE).write_text(json.dumps(grids), "utf-8")
            place.chmod(0o755)  # a command by root and the service by its own user share it
            with suppress(OSError):
                place.rename(self._folder / version.hex)
        finally:
            shutil.rmtree(place, ignore_errors=True)
        self._forget_old()

    def _forget_old(self) -> None:
        """Removes the oldest files; a process that has one open keeps it until it ends."""
        kept = sorted((path for path in self._folder.iterdir() if path.is_dir()), key=os.path.getmtime, reverse=True)
        for path in kept[MOST_FILES:]:
            shutil.rmtree(path, ignore_errors=True)


def index_of(session: Session, version: UUID) -> NetIndex:
    """The index of a net version, from the store of this process below the home of the service."""
    return _store(get_settings().home).of_version(session, version)


@lru_cache(maxsize=1)
def _store(home: Path) -> IndexStore:
    return IndexStore(home / "indexes")


def _net_index(index: GridIndex, grids: dict[str, list[str]]) -> NetIndex:
    if len(index) != len(grids["codes"]):
        raise UnreadableFile("The index and the list of its grids do not belong together.")
    return NetIndex(
        index,
        _objects(grids["codes"]),
        _objects(grids["community_codes"]),
        _objects([UUID(text) for text in grids["grid_ids"]]),
        _objects([UUID(text) for text in grids["grid_version_ids"]]),
    )


def _objects(values: list[str] | list[UUID]) -> NDArray[np.object_]:
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made
