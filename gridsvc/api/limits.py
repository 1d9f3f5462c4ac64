"""The largest body that is read; a larger one is refused with a problem document like every other refusal."""

import re

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gridsvc.api.problems import problem

MEGABYTE = 1024 * 1024
LARGEST_BODY = 2 * MEGABYTE
LARGEST_UPLOAD = 20 * MEGABYTE
# What stands around a file in a form: the other fields and the boundaries.
AROUND_UPLOAD = MEGABYTE // 8
# The operations that take files. Their addresses are told whole: the parameter of another one may be any word.
UPLOADS = re.compile(r"/api/v1/(?:imports/[^/]+|accounts/import|people/import|photos)")


def largest_body(method: str, path: str) -> int:
    """The most bytes that a body sent to this address may have."""
    is_upload = method == "POST" and UPLOADS.fullmatch(path) is not None
    return LARGEST_UPLOAD + AROUND_UPLOAD if is_upload else LARGEST_BODY


class BodyLimit:
    """Refuses by the announced length before reading anything, and by counting where no length is announced."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = largest_body(scope["method"], scope["path"])
        too_large = f"The body is larger than {most // MEGABYTE} MB."
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isdigit() and int(announced) > most:
            await problem(413, "too_large", too_large)(scope, receive, send)
            return
        seen = 0

        async def receive_counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise HTTPException(status_code=413, detail=too_large)
            return message

        await self.app(scope, receive_counted, send)
