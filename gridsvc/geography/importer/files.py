"""Opening a file from outside: only three formats, unpacked within limits, decoded in a bounded child process.

The child gets a copy in a folder of its own, no network, a share of memory and time, and no driver but the three; what
it finds is believed only as far as its own answer goes. So a bomb, a virtual file or a lying name costs a few seconds.
"""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from gridsvc.core.errors import UnreadableFile

MEGABYTE = 1024 * 1024
CHUNK = MEGABYTE
MAX_ENTRIES = 200
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
SQLITE_MAGIC = b"SQLite format 3\x00"
SHAPE_MAGIC = (9994).to_bytes(4, "big")
ZIP_MAGIC = b"PK\x03\x04"


@dataclass(frozen=True)
class Limits:
    """How much of everything one file may take."""

    file_bytes: int
    unpacked_bytes: int
    features: int
    vertices: int
    memory_bytes: int
    seconds: int


# A whole city by somebody on the machine itself, and one upload through the API.
COMMAND_LIMITS = Limits(1024 * MEGABYTE, 2048 * MEGABYTE, 2_000_000, 20_000_000, 4096 * MEGABYTE, 300)
UPLOAD_LIMITS = Limits(20 * MEGABYTE, 200 * MEGABYTE, 100_000, 200_000, 1024 * MEGABYTE, 30)


@dataclass(frozen=True)
class RawTable:
    """What the child read: texts by field, one geometry (WKB in hexadecimal or None) a feature, what it says of itself.

    `crs` is the declaration inside the file: "EPSG:n" or the text of a .prj, None if there is none.
    """

    format: str
    crs: str | None
    encoding: str
    columns: dict[str, list[str | None]]
    wkb: list[str | None]


def read_file(path: Path, *, layer: str | None = None, limits: Limits = COMMAND_LIMITS) -> RawTable:
    """The features of a GeoJSON, GeoPackage or Shapefile (zipped, or the .shp beside its parts).

    Raises UnreadableFile for every other content, whatever its name says, for archives that unpack to more than the
    limit, for text in no known encoding, and for whatever takes more memory or time than the limits give.
    """
    if not path.is_file():
        raise UnreadableFile(f"There is no file {path}.")
    if path.stat().st_size > limits.file_bytes:
        raise UnreadableFile(f"The file is larger than {limits.file_bytes // MEGABYTE} MB.")
    with tempfile.TemporaryDirectory(prefix="gridsvc-import-") as folder:
        source, kind = _placed(path, Path(folder), limits)
        return _read_in_child(source, kind, layer, limits)


def _placed(path: Path, folder: Path, limits: Limits) -> tuple[Path, str]:
    """A copy of the file under a name of our own, and its format as its first bytes tell it."""
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(ZIP_MAGIC):
        return _unpacked(path, folder, limits), "shapefile"
    if head.startswith(SHAPE_MAGIC):
        for part in SHAPEFILE_PARTS:
            for sibling in (path.with_suffix(part), path.with_suffix(part.upper())):
                if sibling.is_file():
                    _copy_bounded(sibling, folder / f"input{part}", limits.file_bytes)
                    break
        return folder / "input.shp", "shapefile"
    if head.startswith(SQLITE_MAGIC):
        _copy_bounded(path, folder / "input.gpkg", limits.file_bytes)
        return folder / "input.gpkg", "geopackage"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        _copy_bounded(path, folder / "input.geojson", limits.file_bytes)
        return folder / "input.geojson", "geojson"
    raise UnreadableFile("The file is neither GeoJSON nor GeoPackage nor a (zipped) Shapefile.")


def _copy_bounded(source: Path, target: Path, most: int) -> None:
    with source.open("rb") as reading, target.open("wb") as writing:
        _pour(reading, writing, most)


def _pour(reading: Any, writing: Any, most: int) -> int:
    """Copies to the end, but never more than `most` bytes, whatever sizes were announced."""
    total = 0
    while chunk := reading.read(CHUNK):
        total += len(chunk)
        if total > most:
            raise UnreadableFile(f"The file unpacks to more than {most // MEGABYTE} MB.")
        writing.write(chunk)
    return total


def _unpacked(path: Path, folder: Path, limits: Limits) -> Path:
    """The one Shapefile in an archive, unpacked under names of our own; nothing else in it is touched."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = dict(_shapefile_entries(archive))
            left = limits.unpacked_bytes
            for part, entry in parts.items():
                with archive.open(entry) as reading, (folder / f"input{part}").open("wb") as writing:
                    left -= _pour(reading, writing, left)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise UnreadableFile("The archive is damaged, encrypted or of an unknown kind.") from error
    return folder / "input.shp"


def _shapefile_entries(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and "__MACOSX" not in entry.filename]
    if len(entries) > MAX_ENTRIES:
        raise UnreadableFile(f"The archive has more than {MAX_ENTRIES} files.")
    stems = {_stem(entry) for entry in entries if _suffix(entry) == ".shp"}
    if len(stems) != 1:
        raise UnreadableFile(f"The archive must hold exactly one Shapefile; it holds {len(stems)}.")
    stem = stems.pop()
    mine = {_suffix(entry): entry for entry in entries if _stem(entry) == stem}
    for part in (".shx", ".dbf"):
        if part not in mine:
            raise UnreadableFile(f"The Shapefile in the archive has no {part} file.")
    yield from ((part, mine[part]) for part in SHAPEFILE_PARTS if part in mine)


def _stem(entry: zipfile.ZipInfo) -> str:
    return str(PurePosixPath(entry.filename).with_suffix("")).lower()


def _suffix(entry: zipfile.ZipInfo) -> str:
    return PurePosixPath(entry.filename).suffix.lower()


def _read_in_child(source: Path, kind: str, layer: str | None, limits: Limits) -> RawTable:
    answer = source.with_name("answer.json")
    order = {"source": str(source), "format": kind, "layer": layer, "answer": str(answer), "limits": asdict(limits)}
    # No proxy, no credentials, no configuration of the user reaches the child.
    environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    environment |= {
        "HOME": str(source.parent),
        "LC_ALL": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "gridsvc.geography.importer.reading", json.dumps(order)],
            cwd=source.parent,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds * 2,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(f"Reading the file takes longer than {limits.seconds} s.") from error
    if done.returncode or not answer.is_file():
        raise UnreadableFile("The file cannot be decoded within the limits of memory and time.")
    told = json.loads(answer.read_text("utf-8"))
    if "error" in told:
        raise UnreadableFile(str(told["error"]))
    return RawTable(**told)
