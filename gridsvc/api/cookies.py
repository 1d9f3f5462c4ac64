"""The session cookie: out of reach of scripts and other sites, and tied to this very host where there is TLS."""

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

PLAIN = "gridsvc_session"
# Browsers take a cookie of this prefix only by TLS, for this host alone and for all its paths.
HOST_BOUND = "__Host-gridsvc_session"


def cookie_name(request: HTTPConnection) -> str:
    """What the session cookie is called here; over plain HTTP, which is for this machine alone, it has no prefix."""
    return HOST_BOUND if request.url.scheme == "https" else PLAIN


def session_token(request: HTTPConnection) -> str | None:
    """The token in the session cookie, if one was sent."""
    return request.cookies.get(cookie_name(request)) or None


def set_session(request: Request, response: Response, token: str, *, max_age_s: int) -> None:
    """Hand the browser its session."""
    response.set_cookie(
        cookie_name(request),
        token,
        max_age=max_age_s,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def clear_session(request: Request, response: Response) -> None:
    """Take the session away from the browser."""
    response.delete_cookie(
        cookie_name(request), path="/", httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )
