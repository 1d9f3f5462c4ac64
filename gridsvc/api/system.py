"""Whether the service lives and can work, and its documentation."""

from typing import Literal

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from sqlalchemy.orm import Session

from gridsvc import __version__
from gridsvc.api import deps
from gridsvc.api.state import State
from gridsvc.infra import health as health_checks
from gridsvc.infra.health import Check

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


Status = Literal["ready", "degraded", "failing"]


class Readiness(BaseModel):
    """Whether it can work, and the state of each thing looked at."""

    status: Status
    version: str
    checks: dict[str, Literal["ok", "warn", "fail"]]


class Finding(BaseModel):
    """One thing looked at, and what to do where it is not well."""

    name: str
    state: Literal["ok", "warn", "fail"]
    text: str
    mend: str


class SystemState(BaseModel):
    """The state of the service as its administrator sees it."""

    status: Status
    version: str
    checks: list[Finding]


@router.get("/health", summary="Does the process live?")
async def health() -> Health:
    """Answers even while every worker thread waits for the database."""
    return Health(status="ok", version=__version__)


@router.get("/ready", summary="Can it work?", responses={503: {"model": Readiness}})
def ready(held: deps.AppState, response: Response) -> Readiness:
    """Answers 200 when it can work, also "degraded", and 503 when it cannot; either way with the state of each check.

    What is wrong in words, and the cure, is told by `/api/v1/system` and by `gridsvc doctor`.
    """
    told = readiness(_examine(held))
    if told.status == "failing":
        response.status_code = 503
    return told


@router.get("/api/v1/system", summary="What is well and what is not, with the cure")
def system_state(held: deps.AppState, who: deps.CurrentActor) -> SystemState:
    """Every check with its finding and, where it is not well, what to do."""
    who.require("system.read")
    found = _examine(held)
    findings = [Finding(name=check.name, state=check.state, text=check.text, mend=check.mend) for check in found]
    return SystemState(status=readiness(found).status, version=__version__, checks=findings)


def _examine(held: State) -> list[Check]:
    """The checks of health, by a session that may look at the job queue."""
    with Session(held.engine) as session:
        return health_checks.examine(held.settings, session)


def readiness(found: list[Check]) -> Readiness:
    """The checks in one word: failing by one that fails, degraded by one that warns."""
    states = {check.state for check in found}
    status: Status = "failing" if "fail" in states else "degraded" if "warn" in states else "ready"
    return Readiness(status=status, version=__version__, checks={check.name: check.state for check in found})


@router.get("/docs", include_in_schema=False)
def docs() -> HTMLResponse:
    """The interactive description of the API, from our own files."""
    return HTMLResponse(DOCS)
