"""The service with routes that are wrong on purpose, for the trial of bad input to notice; no part of the product."""

import time
from typing import Annotated, Any

from fastapi import Body, FastAPI, Query
from fastapi.responses import JSONResponse

from gridsvc.api import app as product

PREFIX = "/api/v1/broken"


def create_app() -> FastAPI:
    """The application with a route that crashes, one that dawdles and one that repeats what it was sent."""
    made = product.create_app()
    made.get(f"{PREFIX}/crash")(crash)
    made.get(f"{PREFIX}/dawdle")(dawdle)
    made.post(f"{PREFIX}/repeat")(repeat)
    return made


def crash(q: Annotated[str, Query(examples=["1"])] = "1") -> int:
    """Takes any text for a number."""
    return int(q)


def dawdle(q: Annotated[str, Query(examples=["1"])] = "1") -> str:
    """Takes two seconds and more for a long text."""
    time.sleep(2.1 if len(q) > 200 else 0)
    return "done"


def repeat(body: Annotated[Any, Body(examples=[{"name": "示例"}])]) -> JSONResponse:
    """Says what it will not take."""
    return JSONResponse({"refused": body}, status_code=422, media_type="application/problem+json")
