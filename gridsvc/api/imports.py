"""Bringing in layers over HTTP: a file in a form, decoded in a bounded child, tried out or stored, and a report."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Any, Literal

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import FormData, UploadFile

from gridsvc.access.identity import Actor
from gridsvc.api import deps
from gridsvc.api.body import parse
from gridsvc.api.once import Key, created
from gridsvc.core.errors import Fault, Forbidden, InvalidInput

router = APIRouter(prefix="/api/v1/imports", tags=["imports"])

Layer = Literal["areas", "blocks", "doors", "grids"]
FieldName = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f]+$")]

# So many files are looked at at once; the rest wait without holding a thread that others need.
READING = CapacityLimiter(2)
MOST_FIELDS = 16
LONGEST_FIELD = 64 * 1024


class ImportFields(BaseModel):
    """Names of fields in the file: which is the code, the name (of doors: the address), the community, and so on."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"code": "GRID_CODE", "name": "NAME"}})

    code: FieldName | None = None
    name: FieldName | None = None
    community: FieldName | None = None
    block: FieldName | None = None
    kind: FieldName | None = None
    pilot: FieldName | None = None
    counts: Annotated[dict[FieldName, FieldName], Field(max_length=50)] = Field(
        default_factory=dict, description="Kind of count (households) → field that holds it."
    )


class ImportOrder(BaseModel):
    """How a file is to be read. The reference system is needed where the file does not declare it."""

    model_config = ConfigDict(extra="forbid")

    crs: Annotated[str | None, Field(max_length=32)] = None
    layer: Annotated[str | None, Field(max_length=128, description="Of a GeoPackage with several.")] = None
    fields: ImportFields = Field(default_factory=ImportFields)
    scheme: Annotated[Literal["standard15", "local"], Field(description="Of the codes of grids.")] = "standard15"
    effective_at: Annotated[datetime | None, Field(description="From when it holds, with its zone; else now.")] = None
    dry_run: Annotated[bool, Field(description="Only try it out: the report tells what would happen.")] = False


class ImportFault(BaseModel):
    """One thing that is wrong: in which feature (counted from 1, in the order of the file), with words for people."""

    place: str
    feature: int | None
    field: str | None
    code: str
    message: str


class ImportFinding(BaseModel):
    """A fault of the net itself that has a place on the map: a gap, an overlap, a border that does not fit."""

    place: str
    code: str
    message: str
    geometry: dict[str, Any]


class ImportReport(BaseModel):
    """What became of a file. It goes in as a whole: with one rejected feature, nothing is stored."""

    layer: Layer
    dry_run: bool
    read: int
    accepted: int
    already_there: int
    rejected: int
    faults_total: int
    errors: list[ImportFault]
    findings: list[ImportFinding]
    format: str
    crs: str
    encoding: str
    net_version: int | None = None
    effective_at: datetime | None = None
    incidents_rerouted: int = 0


FORM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary", "description": "GeoJSON, GeoPackage or a zipped Shapefile."},
        "crs": {"type": "string", "maxLength": 32, "examples": ["EPSG:4490"]},
        "layer": {"type": "string", "maxLength": 128},
        "fields": {
            "type": "string",
            "description": "JSON: names of fields in the file by code, name, community, block, kind, pilot, counts.",
            "examples": ['{"code": "GRID_CODE", "name": "NAME"}'],
        },
        "scheme": {"type": "string", "enum": ["standard15", "local"]},
        "effective_at": {"type": "string", "format": "date-time"},
        "dry_run": {"type": "boolean"},
    },
}
DESCRIBED = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": FORM_SCHEMA}}}}


async def importer(actor: deps.CurrentActor) -> Actor:
    """Who may bring in layers."""
    return actor.by("imports.run")


Importer = Annotated[Actor, Depends(importer)]


async def decoded(request: Request, actor: Importer, config: deps.Config) -> Any:
    """The decoded file with how it is to be read. Nothing of the body is read before the right was checked.

    A layer may reach anywhere: raises Forbidden unless the actor's jurisdiction is the whole city.
    """
    from gridsvc.api.importing import Upload, decode  # needs what an idle service has not loaded

    async with _form(request) as form:
        order = _order(form)
        if not actor.scope.city_wide:
            raise Forbidden("Layers are brought in by those whose jurisdiction is the whole city.")
        file = form["file"]
        assert isinstance(file, UploadFile)
        table, digest = await to_thread.run_sync(decode, file.file, order, config.city_bounds, limiter=READING)
        return Upload(order, table, digest)


Decoded = Annotated[Any, Depends(decoded)]


@router.post(
    "/{layer}",
    status_code=201,
    response_model=ImportReport,
    responses={200: {"model": ImportReport, "description": "Tried out; nothing was stored."}},
    openapi_extra=DESCRIBED,
    summary="Bring in a layer from a file",
)
def import_layer(
    layer: Layer, upload: Decoded, actor: Importer, session: deps.Writing, config: deps.Config, key: Key = None
) -> Response:
    """All features of the file or none. A refusal names features; with `dry_run` the report does, and answers 200."""
    from gridsvc.api.importing import bring_in

    def make() -> ImportReport:
        return bring_in(session, layer, upload, actor=actor, now=deps.now())

    status = 200 if upload.order.dry_run else 201
    return created(
        session, actor=actor, route=f"imports/{layer}", key=key, body=upload.digest, make=make, status=status
    )


@asynccontextmanager
async def _form(request: Request) -> AsyncIterator[FormData]:
    """The form of a request, whose file is kept on disk beyond a megabyte. Raises InvalidInput for other bodies."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise InvalidInput(faults=[Fault("body", "not_a_form", "The body must be multipart/form-data with a file.")])
    async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD) as form:
        if not isinstance(form.get("file"), UploadFile):
            raise InvalidInput(faults=[Fault("body.file", "missing", "The file is missing.")])
        yield form


def _order(form: FormData) -> ImportOrder:
    """What the form says beside the file; raises MalformedBody or RequestValidationError."""
    given: dict[str, Any] = {name: value for name, value in form.multi_items() if name != "file"}
    if len(given) != len(form.multi_items()) - 1:
        raise InvalidInput(faults=[Fault("body", "twice", "A field is given twice.")])
    if "fields" in given and isinstance(given["fields"], str):
        given["fields"] = parse(given["fields"].encode("utf-8", "surrogatepass"))
    try:
        order = ImportOrder.model_validate(given)
    except ValidationError as error:
        raise RequestValidationError(
            [fault | {"loc": ("body", *fault["loc"])} for fault in error.errors(include_url=False)]
        ) from None
    if order.effective_at is not None and order.effective_at.tzinfo is None:
        raise InvalidInput(faults=[Fault("body.effective_at", "no_zone", "The moment has no time zone.")])
    return order
