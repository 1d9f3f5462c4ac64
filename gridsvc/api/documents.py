"""Documents of geometry: made once, kept by browsers for ever, because their address says which state they show."""

import gzip
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request, Response

from gridsvc.api import deps
from gridsvc.dashboard import documents

router = APIRouter(prefix="/api/v1/documents", tags=["map"])

FOR_EVER = "private, max-age=31536000, immutable"


@router.get(
    "/{kind}/{name}.json",
    summary="Geometry of one state",
    response_class=Response,
    responses={200: {"content": {"application/geo+json": {}}, "description": "A GeoJSON FeatureCollection."}},
)
def document(
    kind: Literal["grids", "areas", "backdrop"],
    name: Annotated[str, Path(max_length=64, pattern=r"^[0-9a-f-]+$")],
    request: Request,
    at: deps.Moment,
    actor: deps.CurrentActor,
    session: deps.MapReading,
    config: deps.Config,
) -> Response:
    """Grids of a net version, areas or backdrop at display precision (six decimals); `/view` gives the addresses."""
    actor.require("map.read")
    accepted = request.headers.get("accept-encoding", "")
    encoding: documents.Encoding = "br" if "br" in accepted else "gzip"
    content = documents.document(session, config.home / "documents", kind, name, encoding, at=at)
    headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
    if encoding in accepted:
        headers["Content-Encoding"] = encoding
    else:
        content = gzip.decompress(content)
    return Response(content, media_type="application/geo+json", headers=headers)
