"""Whether the service lives and can work, and its documentation."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from sqlalchemy import text

from gridsvc import __version__
from gridsvc.api import deps
from gridsvc.core.errors import ServiceUnavailable
from gridsvc.infra import schema

router = APIRouter(tags=["system"])

DOCS = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>gridsvc API</title>
<link rel="stylesheet" href="/static/swagger/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="/static/swagger/swagger-ui-bundle.js"></script><script src="/static/api-docs.js"></script>
</body></html>
"""


class Health(BaseModel):
    """That the process lives."""

    status: str
    version: str


@router.get("/health", summary="Does the process live?")
async def health() -> Health:
    """Answers even while every worker thread waits for the database."""
    return Health(status="ok", version=__version__)


@router.get("/ready", summary="Can it work?")
def ready(held: deps.AppState) -> Health:
    """Answers 200 when the database answers and has the schema of this version, else 503."""
    with held.engine.connect() as connection:
        connection.execute(text("SELECT postgis_lib_version()"))
    if not schema.is_current(held.engine):
        raise ServiceUnavailable("The database has another schema than this version needs; run `gridsvc upgrade`.")
    return Health(status="ready", version=__version__)


@router.get("/docs", include_in_schema=False)
def docs() -> HTMLResponse:
    """The interactive description of the API, from our own files."""
    return HTMLResponse(DOCS)
