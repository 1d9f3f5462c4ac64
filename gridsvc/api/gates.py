"""Gates before every route: no writes on a nearly full disk, and nobody past the declared proxy."""

from ipaddress import ip_address

from starlette.types import ASGIApp, Receive, Scope, Send

from gridsvc.api.problems import problem, storage_full
from gridsvc.infra.reserve import Reserve

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LOGIN = "/api/v1/session"  # whoever is to free space must be able to look
NOT_BY_PROXY = "This address is served through a proxy with TLS; come by way of it."


class StorageGate:
    """Refuses writes while the disk's reserve is used up, and lets reads go on.

    A full disk under the log of changes would stop the database altogether, reads included.
    """

    def __init__(self, app: ASGIApp, reserve: Reserve) -> None:
        self.app = app
        self.reserve = reserve

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_write = scope["type"] == "http" and scope["method"] not in SAFE_METHODS and scope["path"] != LOGIN
        if is_write and self.reserve.is_used_up():
            await storage_full()(scope, receive, send)
            return
        await self.app(scope, receive, send)


class ProxyOnly:
    """Refuses whoever from outside comes past the proxy that terminates TLS: by plain HTTP, to the open port itself.

    The server believes the proxy alone, so only through it a request is an https one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["scheme"] != "https" and not is_loopback(scope):
            await problem(403, "forbidden", NOT_BY_PROXY)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def is_loopback(scope: Scope) -> bool:
    """Whether the request comes from this machine."""
    client = scope.get("client")
    try:
        return client is not None and ip_address(client[0]).is_loopback
    except ValueError:
        return False
