"""The one Shapefile in an archive, unpacked inside the bounded child; nothing else in the archive is touched."""

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from gridsvc.core.errors import UnreadableFile
from gridsvc.infra.bounded import pour
from gridsvc.infra.diskfull import has_no_room

MAX_ENTRIES = 200
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


def unpack_shapefile(path: Path, *, most: int) -> Path:
    """Unpacks at most `most` bytes beside the archive, under names of our own, and returns the .shp.

    So neither a path that climbs out nor a link has any effect. Raises UnreadableFile for an archive that is damaged,
    encrypted or too large, or does not hold exactly one Shapefile.
    """
    target = path.with_name("input.shp")
    try:
        with zipfile.ZipFile(path) as archive:
            left = most
            for part, entry in dict(_shapefile_entries(archive)).items():
                with archive.open(entry) as reading, target.with_suffix(part).open("wb") as writing:
                    left -= pour(reading, writing, left)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        OverflowError,
    ) as error:
        if has_no_room(error):
            raise
        raise UnreadableFile("The archive is damaged, encrypted or of an unknown kind.") from error
    return target


def _shapefile_entries(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and "__MACOSX" not in entry.filename]
    if len(entries) > MAX_ENTRIES:
        raise UnreadableFile(f"The archive has more than {MAX_ENTRIES} files.")
    shapes = [_stem(entry) for entry in entries if _suffix(entry) == ".shp"]
    if len(shapes) != 1:
        raise UnreadableFile(f"The archive must hold exactly one Shapefile; it holds {len(shapes)}.")
    mine = {_suffix(entry): entry for entry in entries if _stem(entry) == shapes[0]}
    for part in (".shx", ".dbf"):
        if part not in mine:
            raise UnreadableFile(f"The Shapefile in the archive has no {part} file.")
    yield from ((part, mine[part]) for part in SHAPEFILE_PARTS if part in mine)


def _stem(entry: zipfile.ZipInfo) -> str:
    return str(PurePosixPath(entry.filename).with_suffix("")).lower()


def _suffix(entry: zipfile.ZipInfo) -> str:
    return PurePosixPath(entry.filename).suffix.lower()
