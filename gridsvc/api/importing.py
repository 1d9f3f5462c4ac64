"""What an import does once its file has arrived; loaded with the first one, since it needs geometry and tables."""

import hashlib
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.api.imports import ImportFault, ImportFinding, ImportOrder, ImportReport, Layer
from gridsvc.core.errors import Conflict, Fault, GridsvcError, InvalidInput, NetHasFaults
from gridsvc.core.fields import EARLIEST
from gridsvc.geography.areas import register_areas
from gridsvc.geography.blocks import register_blocks
from gridsvc.geography.doors import register_doors
from gridsvc.geography.importer.drafts import Fields, area_drafts, block_batch, door_batch, grid_drafts
from gridsvc.geography.importer.files import UPLOAD_LIMITS
from gridsvc.geography.importer.tables import Bounds, Table, open_table
from gridsvc.incidents.rerouting import reroute_open
from gridsvc.infra.bounded import own_folder
from gridsvc.people.staffing import import_grids_with_vacancies

_FEATURE = re.compile(r"feature (\d+)")
# What a trial tells about instead of refusing.
REPORTED = (InvalidInput, NetHasFaults, Conflict)


@dataclass(frozen=True)
class Upload:
    """A file that was sent: how to read it, its features, and a digest of both that tells two requests apart."""

    order: ImportOrder
    table: Table
    digest: bytes


@dataclass(frozen=True)
class Stored:
    """What storing did: how many were added; of grids also the net's version and since when, and incidents moved."""

    added: int
    net_version: int | None = None
    effective_at: datetime | None = None
    incidents_rerouted: int = 0


def decode(file: BinaryIO, order: ImportOrder, bounds: Bounds) -> tuple[Table, bytes]:
    """The features of an uploaded file, and its digest with the order. Raises what `open_table` raises."""
    with own_folder() as folder:
        path = folder / "upload"
        file.seek(0)
        with path.open("wb") as writing:
            shutil.copyfileobj(file, writing)
        with path.open("rb") as reading:
            digest = hashlib.file_digest(reading, "sha256").digest() + order.model_dump_json().encode()
        table = open_table(path, crs=order.crs, layer=order.layer, bounds=bounds, limits=UPLOAD_LIMITS)
    if not len(table):
        raise InvalidInput("The file has no features.", faults=[Fault("body.file", "empty", "There are no features.")])
    return table, digest


def bring_in(session: Session, layer: Layer, upload: Upload, *, actor: Actor, now: datetime) -> ImportReport:
    """Stores a layer in the session's transaction, or tries it out and undoes it; the report of what happened.

    Raises InvalidInput, NetHasFaults or Conflict with a fault for each feature, unless it is a trial.
    """
    report = _begun(layer, upload)
    try:
        with _undone(session, upload.order.dry_run):
            stored = STORING[layer](session, upload, actor, now)
    except REPORTED as refusal:
        if not upload.order.dry_run:
            raise
        return _with_faults(report, refusal)
    if not upload.order.dry_run:
        detail = {"read": report.read, "added": stored.added, "crs": report.crs}
        audit.record(session, actor, f"import.{layer}", "layer", layer, detail=detail)
    report.accepted, report.already_there = stored.added, report.read - stored.added
    report.net_version, report.effective_at = stored.net_version, stored.effective_at
    report.incidents_rerouted = stored.incidents_rerouted
    return report


@contextmanager
def _undone(session: Session, is_trial: bool) -> Iterator[None]:
    """Whatever a trial writes is undone, with the locks it took."""
    if not is_trial:
        yield
        return
    savepoint = session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()


def _begun(layer: Layer, upload: Upload) -> ImportReport:
    table = upload.table
    return ImportReport(
        layer=layer,
        dry_run=upload.order.dry_run,
        read=len(table),
        accepted=0,
        already_there=0,
        rejected=0,
        faults_total=0,
        errors=[],
        findings=[],
        format=table.format,
        crs=table.crs,
        encoding=table.encoding,
    )


def _with_faults(report: ImportReport, refusal: GridsvcError) -> ImportReport:
    faults = refusal.faults or (Fault("file", refusal.code, refusal.message),)
    report.errors = [_error(fault) for fault in faults if not fault.geometry]
    report.findings = [
        ImportFinding(place=fault.place, code=fault.code, message=fault.message, geometry=dict(fault.geometry))
        for fault in faults
        if fault.geometry
    ]
    report.faults_total = int(refusal.details.get("total_faults", len(faults)))
    report.rejected = _named(faults) or report.read
    return report


def _named(faults: Sequence[Fault]) -> int:
    return len({match[1] for fault in faults if (match := _FEATURE.match(fault.place))})


def _error(fault: Fault) -> ImportFault:
    feature = _FEATURE.match(fault.place)
    field = fault.place.rpartition(", ")[2] if ", " in fault.place else None
    number = int(feature[1]) if feature else None
    return ImportFault(place=fault.place, feature=number, field=field, code=fault.code, message=fault.message)


def _fields(order: ImportOrder) -> Fields:
    return Fields(**order.fields.model_dump())


def _areas(session: Session, upload: Upload, _: Actor, __: datetime) -> Stored:
    since = upload.order.effective_at or EARLIEST
    drafts = area_drafts(upload.table, _fields(upload.order))
    return Stored(register_areas(session, drafts, valid_from=since), effective_at=since)


def _blocks(session: Session, upload: Upload, _: Actor, now: datetime) -> Stored:
    batch = block_batch(session, upload.table, _fields(upload.order), at=upload.order.effective_at or now)
    return Stored(register_blocks(session, batch))


def _doors(session: Session, upload: Upload, _: Actor, now: datetime) -> Stored:
    since = upload.order.effective_at or now
    batch = door_batch(upload.table, _fields(upload.order))
    return Stored(register_doors(session, batch, registered_from=since), effective_at=since)


def _grids(session: Session, upload: Upload, actor: Actor, now: datetime) -> Stored:
    since = upload.order.effective_at or now
    net = import_grids_with_vacancies(
        session,
        grid_drafts(upload.table, _fields(upload.order)),
        scheme=upload.order.scheme,
        effective_at=since,
        by=actor.username,
        now=now,
    )
    moved = reroute_open(session, actor=actor.username) if net.effective_at <= now else 0
    return Stored(len(net.codes), net.number, net.effective_at, moved)


STORING: dict[str, Any] = {"areas": _areas, "blocks": _blocks, "doors": _doors, "grids": _grids}
