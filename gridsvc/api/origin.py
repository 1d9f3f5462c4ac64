"""Telling the audit where a request came from."""

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from gridsvc.access.audit import Origin, coming_from


class TellOrigin:
    """Keeps the address of a request for whatever it makes the audit record.

    The address is that of the connection, or what the declared proxy says, which the server has put there already.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with coming_from(origin_of(HTTPConnection(scope))):
            await self.app(scope, receive, send)


def origin_of(connection: HTTPConnection) -> Origin:
    """Where a request came from: from nobody known, until a cookie or a token has proved otherwise (`proven_by`)."""
    return Origin(connection.client.host if connection.client else None, "anonymous")
