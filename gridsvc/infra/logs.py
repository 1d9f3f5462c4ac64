"""Logging: lines for people or one JSON object a line, and nothing about persons in either.

A record carries what is named in FIELDS and no more, whatever a library hangs on it. Of an error its kind and its place
in the code are told, never its words: a driver's words quote rows, and rows hold people.
"""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType
from typing import Any

from gridsvc.infra.settings import Settings

FIELDS = ("request", "method", "route", "status", "ms", "account")
REQUESTS = "gridsvc.request"
SHOWN_FRAMES = 12
QUIETER = ("procrastinate", "alembic", "multipart", "PIL")

_request: ContextVar[str | None] = ContextVar("request", default=None)

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


@contextmanager
def during_request(request_id: str) -> Iterator[None]:
    """Whatever is logged inside the block bears the number of the request."""
    token = _request.set(request_id)
    try:
        yield
    finally:
        _request.reset(token)


def set_up(settings: Settings) -> None:
    """Sends every logger of this process to the error stream in the format that the settings name."""
    handler = logging.StreamHandler()
    handler.setFormatter(_json_lines() if settings.log_format == "json" else _Lines())
    handler.addFilter(_number)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for name in QUIETER:
        logging.getLogger(name).setLevel(logging.WARNING)
    # A line for each request is for programs to read; people ask for it with the level debug.
    tells_requests = settings.log_format == "json" or settings.log_level == "debug"
    logging.getLogger(REQUESTS).setLevel(logging.NOTSET if tells_requests else logging.WARNING)
    for name in ("uvicorn", "uvicorn.error"):  # the server has given its loggers handlers of their own
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("uvicorn").setLevel(logging.WARNING)


def safe_error(info: ExcInfo) -> str:
    """The kind of an error and of those that caused it, with the places in the code, without their words."""
    told: list[str] = []
    error = info[1]
    while error is not None and len(told) < 5:
        frames = traceback.extract_tb(error.__traceback__)[-SHOWN_FRAMES:]
        places = [f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
        told.append(" < ".join([f"{type(error).__module__}.{type(error).__qualname__}", *reversed(places)]))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return " caused by ".join(told)


def _number(record: logging.LogRecord) -> bool:
    record.request = _request.get()
    return True


class _Lines(logging.Formatter):
    """Lines for people."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is the base class's
        return safe_error(ei)


def _json_lines() -> logging.Formatter:
    """One JSON object for each record."""
    from pythonjsonlogger.json import JsonFormatter

    class Lines(JsonFormatter):
        def formatException(self, ei: Any) -> str:  # noqa: N802
            return safe_error(ei)

        def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
            log_data["time"] = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
            log_data["level"] = record.levelname.lower()
            log_data["logger"] = record.name
            log_data["message"] = record.getMessage()
            for name in FIELDS:
                if (value := record.__dict__.get(name)) is not None:
                    log_data[name] = value
            if message_dict.get("exc_info"):
                log_data["error"] = message_dict["exc_info"]

    return Lines(json_ensure_ascii=False)
