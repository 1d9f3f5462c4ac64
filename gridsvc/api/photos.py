"""Photos of visits on the wire: sent before the visit that shows them, served as attachments in one's jurisdiction."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

from gridsvc.api import deps
from gridsvc.api.audit import record_read
from gridsvc.api.once import Key, created
from gridsvc.core.errors import Fault, InvalidInput
from gridsvc.infra.files import FileStore
from gridsvc.patrols.photos import LARGEST_BYTES, read_photo, store_photo
from gridsvc.patrols.review import visible_visit

router = APIRouter(prefix="/api/v1", tags=["patrols"])

TYPES = ("image/jpeg", "image/png", "image/webp")
BINARY = {"schema": {"type": "string", "format": "binary"}}
Hash = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", examples=["0" * 64])]


class PhotoOut(BaseModel):
    """A stored photo: a JPEG without anything but the picture. A visit names it by its hash."""

    hash: str
    size_bytes: int = Field(examples=[81234])
    width_px: int = Field(examples=[1536])
    height_px: int = Field(examples=[2048])


@router.post(
    "/photos",
    status_code=201,
    response_model=PhotoOut,
    summary="Store a photo",
    openapi_extra={"requestBody": {"required": True, "content": dict.fromkeys(TYPES, BINARY)}},
)
def add_photo(
    request: Request,
    actor: deps.CurrentActor,
    body: deps.RawBody,  # read when it is known who sends it
    session: deps.Writing,
    config: deps.Config,
    key: Key = None,
) -> Response:
    """The body is the file: JPEG, PNG or WebP, at most 8 MB and 50 million pixels. Position data is left behind.

    The same file again gives the same hash. A photo that no visit shows a day later is taken away.
    """
    actor = actor.by("visits.create")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in TYPES:
        raise InvalidInput(faults=[Fault("header.content-type", "not_a_photo", f"One of {', '.join(TYPES)}.")])
    if len(body) > LARGEST_BYTES:
        raise InvalidInput(faults=[Fault("body", "too_large", "A photo has at most 8 MB.")])

    def make() -> PhotoOut:
        stored = store_photo(session, FileStore(config.home), body, now=deps.now(), actor=actor)
        return PhotoOut(**asdict(stored))

    return created(session, actor=actor, route="photos", key=key, body=body, make=make)


@router.get(
    "/visits/{visit_id}/photos/{name}",
    summary="A photo of a visit",
    response_class=Response,
    responses={200: {"content": {"image/jpeg": BINARY}, "description": "The picture, as an attachment."}},
)
def photo(visit_id: UUID, name: Hash, actor: deps.CurrentActor, session: deps.Reading, held: deps.AppState) -> Response:
    """Shown to the worker who took it, and to whoever reads visits in whose jurisdiction the visit lies."""
    actor = actor.by("visits.read")
    visible_visit(session, visit_id, actor)
    content = read_photo(session, FileStore(held.settings.home), visit_id, name)
    record_read(held, session, actor, "visit.photo", "visit", object_id=visit_id, detail={"photo": name})
    return Response(
        content,
        media_type="image/jpeg",
        headers={
            "Content-Disposition": f'attachment; filename="{name[:16]}.jpg"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
        },
    )
