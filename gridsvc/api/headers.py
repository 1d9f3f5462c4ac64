"""Headers of every answer, the last refusals included, and the rule that other sites' pages cannot cause a write."""

import time
from collections.abc import Callable, Mapping
from functools import cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gridsvc.api import problems

# Scripts and styles only from here; pages made by folium bring a policy with a nonce of their own (see `maps`).
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'{nonce}; style-src 'self'{nonce}; img-src 'self' data: blob:{tiles}; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# A page that was put together by a library runs its scripts and asks our API, and can do nothing else.
SANDBOX = "; sandbox allow-scripts allow-same-origin"
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Cache-Control": "no-store",
}
# Browsers that came by TLS once come by TLS for a year. Said over TLS only: over plain HTTP it means nothing.
TRANSPORT = "max-age=31536000"

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})


def content_policy(tile_url: str | None = None, *, nonce: str | None = None) -> str:
    """The policy of our pages; with a nonce, that of a sandboxed page whose inline scripts and styles bear it."""
    tiles = f" {tile_url.split('{', 1)[0]}" if tile_url else ""
    policy = CONTENT_POLICY.format(tiles=tiles, nonce=f" 'nonce-{nonce}'" if nonce else "")
    return policy + SANDBOX if nonce else policy


@cache
def headers_for(tile_url: str | None) -> Mapping[str, str]:
    """The headers that an answer has unless its route sets another value."""
    return FIXED | {"Content-Security-Policy": content_policy(tile_url)}


class DefaultHeaders:
    """Adds headers to every answer. Written against ASGI itself, so that streams pass through untouched.

    An error that nothing else answered is answered here: the framework's own last resort lies outside of this and would
    go out without headers.
    """

    def __init__(self, app: ASGIApp, defaults: Callable[[], Mapping[str, str]]) -> None:
        self.app = app
        self.defaults = defaults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, has_begun = time.perf_counter(), False

        async def send_with_headers(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                headers = MutableHeaders(scope=message)
                headers["Server-Timing"] = f"app;dur={(time.perf_counter() - began) * 1000:.1f}"
                for name, value in self.defaults().items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", TRANSPORT)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as error:
            if has_begun:
                raise
            answer = problems.of_our_mistake(Request(scope), error)
            await answer(scope, receive, send_with_headers)


class OwnPagesOnly:
    """Refuses a write that a page of another site caused, whatever proves who its sender is.

    Browsers tell where a request came from in Sec-Fetch-Site, older ones in Origin; programs send neither.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS and is_foreign(Headers(scope=scope)):
            refusal = problems.problem(403, "forbidden", "Only our own pages and programs may write.")
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


def is_foreign(headers: Headers) -> bool:
    """Whether the page that caused a request belongs to another site."""
    if headers.get("sec-fetch-site", "none") not in OWN_SITES:
        return True
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host", "")
