"""The room on the disk that is kept free: a database whose log finds none ends itself, reads included.

Whoever writes asks here first: the API before each request that changes something, the job process before each job,
a command before it stores, migrates or makes a backup on the same disk.
"""

import os
import shutil
import time
from pathlib import Path

from gridsvc.core.errors import StorageFull
from gridsvc.infra.cluster_data import Layout
from gridsvc.infra.settings import Settings

MEGABYTE = 1_000_000
LOOKED_S = 2.0


def free_bytes(settings: Settings) -> int:
    """The room that is left where it is least: on the home's disk, or on that of the private cluster's log."""
    readable = [place for place in _places(settings) if os.access(place, os.X_OK)]
    return min((shutil.disk_usage(place).free for place in readable), default=0 if readable else 2**63)


def room(settings: Settings) -> int:
    """How many bytes may be written before the reserve is touched; below zero it is used up."""
    return free_bytes(settings) - settings.reserve_mb * MEGABYTE


def room_beside(settings: Settings, folder: Path) -> int | None:
    """The room for what is written into a folder; None if it lies on a disk of its own, where it takes nobody's."""
    disks = {place.stat().st_dev for place in _places(settings) if os.access(place, os.X_OK)}
    return room(settings) if folder.stat().st_dev in disks else None


def require_room(settings: Settings, needed: int = 0) -> None:
    """Raises StorageFull when the reserve is used up, or would be after writing so many bytes more."""
    if room(settings) < needed:
        raise StorageFull


class Reserve:
    """Whether the disk has room for writes, looked at every two seconds at most."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._looked_at = -LOOKED_S
        self._is_used_up = False

    def is_used_up(self) -> bool:
        """Whether less is free than the reserve that keeps the database alive."""
        if time.monotonic() - self._looked_at >= LOOKED_S:
            self._is_used_up = room(self.settings) < 0
            self._looked_at = time.monotonic()
        return self._is_used_up


def _places(settings: Settings) -> list[Path]:
    return [settings.home, Layout(settings.home).data / "pg_wal"]
