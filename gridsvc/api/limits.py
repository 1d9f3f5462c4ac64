"""The largest body that is read; a larger one is refused with a problem document like every other refusal."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gridsvc.api.problems import problem

LARGEST_BODY = 2 * 1024 * 1024
TOO_LARGE = f"The body is larger than {LARGEST_BODY // 1024 // 1024} MB."


class BodyLimit:
    """Refuses by the announced length before reading anything, and by counting where no length is announced."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isdigit() and int(announced) > LARGEST_BODY:
            await problem(413, "too_large", TOO_LARGE)(scope, receive, send)
            return
        seen = 0

        async def receive_counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > LARGEST_BODY:
                raise HTTPException(status_code=413, detail=TOO_LARGE)
            return message

        await self.app(scope, receive_counted, send)
