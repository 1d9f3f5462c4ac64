"""A table that somebody sends in a form: read in a bounded child, after the sender's right was checked."""

import shutil
from collections.abc import Awaitable, Callable
from typing import Any, BinaryIO

from anyio import CapacityLimiter, to_thread
from fastapi import Request
from starlette.datastructures import UploadFile

from gridsvc.api import deps
from gridsvc.core.errors import Fault, InvalidInput

# So many tables are looked at at once; the rest wait without holding a thread that others need.
READING = CapacityLimiter(2)
FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "description": "An Excel table (.xlsx) or CSV in UTF-8 or GB18030; names in the first row.",
                        }
                    },
                }
            }
        },
    }
}


def sheet_for(permission: str) -> Callable[..., Awaitable[Any]]:
    """A dependency that gives a route the sent table (`infra.sheets.Sheet`), for whoever has the permission."""

    async def sheet(request: Request, actor: deps.CurrentActor) -> Any:
        actor.require(permission)
        if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
            fault = Fault("body", "not_a_form", "The body must be multipart/form-data with a file.")
            raise InvalidInput(faults=[fault])
        async with request.form(max_files=1, max_fields=1) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise InvalidInput(faults=[Fault("body.file", "missing", "The file is missing.")])
            return await to_thread.run_sync(_read, file.file, limiter=READING)

    return sheet


def _read(file: BinaryIO) -> Any:
    from gridsvc.infra.bounded import own_folder  # not for an idle service
    from gridsvc.infra.sheets import read_sheet

    with own_folder() as folder:
        path = folder / "upload"
        file.seek(0)
        with path.open("wb") as writing:
            shutil.copyfileobj(file, writing)
        return read_sheet(path)
