"""Errors as problem documents (RFC 9457): one table from error class to status, and handlers that never echo input."""

import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.routing import iter_route_contexts
from psycopg.errors import DeadlockDetected, DiskFull
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from gridsvc.api.validation import code_of
from gridsvc.core import errors
from gridsvc.core.errors import Fault, GridsvcError, StorageFull
from gridsvc.infra.diskfull import has_no_room

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 2
RETRY_WHEN_FULL_S = 30
LISTED_FAULTS = 100
FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z_-]{0,39}")

STATUS: dict[type[GridsvcError], int] = {
    errors.InvalidInput: 422,
    errors.NotFound: 404,
    errors.Unauthenticated: 401,
    errors.WrongCredentials: 401,
    errors.Forbidden: 403,
    errors.Conflict: 409,
    errors.CodeTaken: 409,
    errors.CodesExhausted: 409,
    errors.NetHasFaults: 422,
    errors.Stale: 412,
    errors.PreconditionRequired: 428,
    errors.TooManyRequests: 429,
    errors.ServiceUnavailable: 503,
}

CODES_OF_STATUS = {
    400: "malformed",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    412: "stale",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid_input",
    428: "precondition_required",
    429: "too_many_requests",
}

TEXTS = {"type": "array", "items": {"type": "string"}}
OBJECTS = {"type": "array", "items": {"type": "object", "additionalProperties": True}}
SCHEMA = {
    "type": "object",
    "title": "Problem",
    "description": "Why a request was refused (RFC 9457). Nothing that was sent is repeated.",
    "required": ["type", "title", "status", "code", "detail", "faults"],
    "properties": {
        "type": {"type": "string", "description": "An address that tells what the code means."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable; `/api/v1/problems` lists them."},
        "detail": {"type": "string", "description": "Words for people, which may change."},
        "faults": {"type": "array", "items": {"$ref": "#/components/schemas/ProblemFault"}},
        "faults_total": {"type": "integer", "description": "How many there are, when not all are listed."},
        "revision": {"type": "integer", "description": "With `stale`: the present revision."},
        "changed": {"type": "object", "additionalProperties": True, "description": "With `stale`: what is different."},
        "block_ids": {**TEXTS, "description": "With `cuts_blocks`: the blocks that would be cut."},
        "findings": {
            **OBJECTS,
            "description": "With `plan_has_faults`: what must be mended.",
        },
        "grids": {**TEXTS, "description": "With `plan_stale`: the codes of grids that moved on."},
        "plan": {"type": "string", "description": "With `plan_pending`: the plan that waits for its day."},
        "communities": {**TEXTS, "description": "With `plan_pending`: the communities of that plan."},
    },
}
FAULT_SCHEMA = {
    "type": "object",
    "title": "ProblemFault",
    "description": "One place that is wrong: a field (`body.x`), a row (`line 7`) or a feature (`feature 3`).",
    "required": ["place", "code", "message"],
    "properties": {
        "place": {"type": "string"},
        "code": {"type": "string", "description": "Stable; `faults` of `/api/v1/problems` lists them."},
        "message": {"type": "string"},
        "geometry": {"type": "object", "additionalProperties": True, "description": "Where, as GeoJSON."},
    },
}
CONTENT = {"schema": {"$ref": "#/components/schemas/Problem"}}
RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "Refused, with the place of the fault.", "content": {MEDIA_TYPE: CONTENT}},
    "5XX": {"description": "Cannot be answered now.", "content": {MEDIA_TYPE: CONTENT}},
}


def install(app: FastAPI) -> None:
    """Give every error its answer."""
    app.add_exception_handler(GridsvcError, _of_ours)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(DBAPIError, _of_database)
    app.add_exception_handler(PoolTimeout, _of_database)
    app.add_exception_handler(OSError, _of_disk)
    app.add_exception_handler(Exception, of_our_mistake)


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    faults: Sequence[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """A problem document."""
    content = {"type": f"/problems/{code}", "title": code.replace("_", " "), "status": status, "code": code}
    content |= {"detail": detail, "faults": list(faults)} | more
    return JSONResponse(content, status_code=status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def status_of(error: type[GridsvcError]) -> int:
    """The status that answers an error of this class; what the table does not know is our own mistake."""
    return next((STATUS[kind] for kind in error.__mro__ if kind in STATUS), 500)


def _of_ours(_: Request, error: Exception) -> Response:
    assert isinstance(error, GridsvcError)
    status = status_of(type(error))
    retry = error.details.get("retry_after_s", RETRY_AFTER_S) if status in (429, 503) else None
    if isinstance(error, errors.KeyInFlight):
        retry = RETRY_AFTER_S
    told = error.details if isinstance(error, errors.Stale) else {name: error.details[name] for name in error.told}
    return problem(
        status,
        error.code,
        error.message,
        faults=[_fault(fault) for fault in error.faults[:LISTED_FAULTS]],
        headers={"Retry-After": str(retry)} if retry is not None else None,
        **told,
        **({"faults_total": len(error.faults)} if len(error.faults) > LISTED_FAULTS else {}),
    )


def _fault(fault: Fault) -> dict[str, Any]:
    listed: dict[str, Any] = {"place": fault.place, "code": fault.code, "message": fault.message}
    return listed | ({"geometry": dict(fault.geometry)} if fault.geometry else {})


def _of_validation(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [
        {"place": ".".join(map(_step, fault["loc"])), "code": code_of(fault["type"]), "message": _words(fault)}
        for fault in error.errors()[:LISTED_FAULTS]
    ]
    return problem(422, "invalid_input", "Some fields are not valid.", faults=faults)


def _step(part: object) -> str:
    """One step of the way to a field. A key that the sender made up is told only when it could be a name of ours."""
    return str(part) if isinstance(part, int) or FIELD_NAME.fullmatch(str(part)) else "…"


def _words(fault: Mapping[str, Any]) -> str:
    """The rule that was broken. Messages of our own validators may quote the value, so only their kind is told."""
    quoting = fault["type"] in ("value_error", "assertion_error", "union_tag_invalid")
    return "The value is not allowed here." if quoting else str(fault["msg"])


def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = CODES_OF_STATUS.get(error.status_code, "error")
    headers = {"Allow": _allowed(request)} if error.status_code == 405 else error.headers
    return problem(error.status_code, code, str(error.detail), headers=headers)


def _allowed(request: Request) -> str:
    """The methods of every route at this address; the framework names those of the first one only."""
    methods: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        if route.path and route.methods and compile_path(route.path)[0].match(request.url.path):
            methods |= route.methods
    return ", ".join(sorted(methods))


def _of_database(request: Request, error: Exception) -> Response:
    if isinstance(error, DataError):
        return problem(422, "invalid_input", "A value cannot be stored.")
    if isinstance(error, IntegrityError):
        return problem(409, "conflict", "This contradicts what is already stored; nothing was changed.")
    if isinstance(error, OperationalError) and isinstance(error.orig, DiskFull):
        return storage_full()
    if isinstance(error, OperationalError) and isinstance(error.orig, DeadlockDetected):
        # Two changed the same things in another order, and the database let one of them go on.
        return problem(
            409, "conflict", "Somebody else changed the same just now; nothing was stored, and it can be tried again."
        )
    if isinstance(error, (OperationalError, InterfaceError, PoolTimeout)):
        log.warning("database unavailable: %s", type(error).__name__)  # the request's number is with it
        headers = {"Retry-After": str(RETRY_AFTER_S)}
        return problem(503, "unavailable", "The database does not answer; nothing was stored.", headers=headers)
    return of_our_mistake(request, error)


def _of_disk(request: Request, error: Exception) -> Response:
    return storage_full() if has_no_room(error) else of_our_mistake(request, error)


def storage_full() -> Response:
    """The answer to a write for which there is no room."""
    headers = {"Retry-After": str(RETRY_WHEN_FULL_S)}
    return problem(503, StorageFull.code, StorageFull().message, headers=headers)


def of_our_mistake(request: Request, error: Exception) -> Response:
    """The answer to an error that nobody expected: it is logged, and nothing of it is told."""
    log.error("unexpected error", exc_info=error)
    return problem(500, "internal", "Something went wrong on our side; it has been noted.")
