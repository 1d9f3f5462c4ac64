"""Opening a file from outside: only three formats, unpacked and decoded in a bounded child process.

The child gets a copy in a folder of its own, no network, a share of memory and time, and no driver but the three; what
it finds is believed only as far as its own answer goes. So a bomb, a virtual file or a lying name costs a few seconds.
"""

from dataclasses import asdict, dataclass
from pathlib import Path

from gridsvc.core.errors import UnreadableFile
from gridsvc.infra.bounded import MEGABYTE, Resources, ask_child, copy_bounded, own_folder

SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
SQLITE_MAGIC = b"SQLite format 3\x00"
SHAPE_MAGIC = (9994).to_bytes(4, "big")
ZIP_MAGIC = b"PK\x03\x04"
READING = "gridsvc.geography.importer.reading"


@dataclass(frozen=True)
class Limits:
    """How much of everything one file may take."""

    file_bytes: int
    unpacked_bytes: int
    features: int
    vertices: int
    polygon_vertices: int
    memory_bytes: int
    seconds: int
    answered_bytes: int


# A whole city by somebody on the machine itself, and one upload through the API.
COMMAND_LIMITS = Limits(
    1024 * MEGABYTE, 2048 * MEGABYTE, 2_000_000, 20_000_000, 1_000_000, 4096 * MEGABYTE, 300, 1024 * MEGABYTE
)
UPLOAD_LIMITS = Limits(20 * MEGABYTE, 200 * MEGABYTE, 100_000, 200_000, 10_000, 1024 * MEGABYTE, 30, 100 * MEGABYTE)


@dataclass(frozen=True)
class RawTable:
    """What the child read: texts by field, one geometry (WKB in hexadecimal or None) a feature, what it says of itself.

    `crs` is the name of the system that the file declares, None if it declares none, or one that has no number
    (`is_unnumbered`).
    """

    format: str
    crs: str | None
    is_unnumbered: bool
    encoding: str
    columns: dict[str, list[str | None]]
    wkb: list[str | None]


def read_file(path: Path, *, layer: str | None = None, limits: Limits = COMMAND_LIMITS) -> RawTable:
    """The features of a GeoJSON, GeoPackage or Shapefile (zipped, or the .shp beside its parts).

    Raises UnreadableFile for every other content, whatever its name says, for archives that unpack to more than the
    limit, for text in no known encoding, and for whatever takes more memory or time than the limits give; UnknownDatum
    for a declared reference system that is none; InvalidInput with a fault for each feature whose coordinates are no
    numbers or whose texts cannot be stored.
    """
    if not path.is_file():
        raise UnreadableFile(f"There is no file {path}.")
    if path.stat().st_size > limits.file_bytes:
        raise UnreadableFile(f"The file is larger than {limits.file_bytes // MEGABYTE} MB.")
    with own_folder() as folder:
        source, kind = _placed(path, folder, limits)
        order = {"source": source.name, "format": kind, "layer": layer, "limits": asdict(limits)}
        resources = Resources(limits.memory_bytes, limits.seconds, limits.unpacked_bytes, limits.answered_bytes)
        return RawTable(**ask_child(READING, order, folder=folder, resources=resources))


def _placed(path: Path, folder: Path, limits: Limits) -> tuple[Path, str]:
    """A copy of the file under a name of our own, and its format as its first bytes tell it."""
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(SHAPE_MAGIC):
        for part in SHAPEFILE_PARTS:
            for sibling in (path.with_suffix(part), path.with_suffix(part.upper())):
                if sibling.is_file():
                    copy_bounded(sibling, folder / f"input{part}", limits.file_bytes)
                    break
        return folder / "input.shp", "shapefile"
    for magic, name, kind in (
        (ZIP_MAGIC, "input.zip", "shapefile"),
        (SQLITE_MAGIC, "input.gpkg", "geopackage"),
        (b"{", "input.geojson", "geojson"),
    ):
        if head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n").startswith(magic):
            copy_bounded(path, folder / name, limits.file_bytes)
            return folder / name, kind
    raise UnreadableFile("The file is neither GeoJSON nor GeoPackage nor a (zipped) Shapefile.")
