"""The published lists of codes: what a refusal's `code` and `type` mean, and the `code` of each of its faults."""

from collections.abc import Iterator
from importlib import import_module

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from gridsvc.api import problems
from gridsvc.api.fault_codes import MEANINGS
from gridsvc.core.errors import GridsvcError, NotFound

router = APIRouter()

# Codes that come from HTTP itself and not from one of our errors.
OF_HTTP = {
    "malformed": (400, "The body is not JSON that can be stored."),
    "method_not_allowed": (405, "The address exists, the method does not; Allow names those that do."),
    "too_large": (413, "The body is larger than is read."),
    "unsupported_media_type": (415, "The body is of a kind that is not read here."),
    "error": (400, "The request was refused for a reason without a code of its own."),
}
# Modules that hold nothing but errors, so that listing them costs nothing.
ERROR_MODULES = ("gridsvc.core.errors", "gridsvc.core.refusals", "gridsvc.plans.errors", "gridsvc.handover.errors")

# Codes of errors that stand beside their rule, in modules that an idle service has not loaded.
DEEPER = {
    "community_has_grids": (409, "The community has grids in this net already; a plan changes them, not an import."),
    "version_too_early": (409, "A later version of the net exists."),
    "own_work": (403, "Whoever worked on a plan does not decide on it."),
    "grids_moved_on": (409, "A grid has another version than the one this was prepared on."),
    "not_done_here": (409, "This city does not do that to its workers; nothing was stored."),
    "nothing_to_undo": (409, "There is nothing to undo, or to do again."),
}


class ProblemKind(BaseModel):
    """One code that a problem document may bear."""

    code: str
    status: int
    type: str
    meaning: str


class FaultKind(BaseModel):
    """One code that a single fault may bear."""

    code: str
    meaning: str


class ProblemKinds(BaseModel):
    """Every code, in order of status and code; a fault bears one of `faults`, or the code of a problem."""

    items: list[ProblemKind]
    faults: list[FaultKind]


def kinds() -> list[ProblemKind]:
    """Every code with its status and meaning. A test holds this list and docs/problems.md together."""
    listed = OF_HTTP | DEEPER
    for error in _errors():
        meaning = (error.__doc__ or "").strip().splitlines()[0]
        listed.setdefault(error.code, (problems.status_of(error), meaning))
    return [
        ProblemKind(code=code, status=status, type=f"/problems/{code}", meaning=meaning)
        for code, (status, meaning) in sorted(listed.items(), key=lambda item: (item[1][0], item[0]))
    ]


def faults() -> list[FaultKind]:
    """Every code of a single fault with its meaning. Tests hold this list, the sources and the page together."""
    return [FaultKind(code=code, meaning=meaning) for code, meaning in MEANINGS.items()]


def _errors() -> Iterator[type[GridsvcError]]:
    for name in ERROR_MODULES:
        for error in vars(import_module(name)).values():
            if isinstance(error, type) and issubclass(error, GridsvcError) and error.__module__ == name:
                yield error


@router.get("/api/v1/problems", tags=["system"], summary="Codes of refusals")
async def problem_codes() -> ProblemKinds:
    """Every stable code of refusals and of their faults; `detail` and `message` are words and may change."""
    return ProblemKinds(items=kinds(), faults=faults())


@router.get("/problems/{code}", include_in_schema=False)
async def problem_code(code: str) -> Response:
    """What the `type` of a problem document leads to."""
    for kind in kinds():
        if kind.code == code:
            return JSONResponse(kind.model_dump())
    raise NotFound
