"""Reading JSON bodies strictly: what is ambiguous or cannot be stored is refused before anything looks at it."""

import json
import math
import re
from typing import Any, NoReturn

from anyio import CapacityLimiter, to_thread
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request

DEEPEST_NESTING = 6
LONGEST_INTEGER = 19
LARGEST_INTEGER = 2**63
# A body of this size is parsed within some milliseconds; larger ones wait for one another, not others for them.
SMALL_BYTES = 32 * 1024
PARSING = CapacityLimiter(2)
JSON_TYPES = ("application/json", "application/geo+json")

# Strings are taken whole, one left open to the end of the body, so that every byte is looked at once.
_TOKENS = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\Z|\\\Z)|[\[\]{}]', re.DOTALL)


class MalformedBody(HTTPException):
    """The body is not JSON that can be stored. Nothing of it is repeated in the answer."""

    def __init__(self, reason: str) -> None:
        super().__init__(status_code=400, detail=reason)


class StrictRequest(Request):
    """A request whose JSON body holds finite numbers, whole characters, bounded nesting and no key twice."""

    async def json(self) -> Any:
        """The parsed body; raises MalformedBody. While a large one is looked through, others are answered."""
        body = await self.body()
        if len(body) <= SMALL_BYTES:
            return parse(body)
        return await to_thread.run_sync(parse, body, limiter=PARSING)


def parse(body: bytes) -> Any:
    """JSON from `body`, nested six levels at most; raises MalformedBody with a reason that does not quote it."""
    _check_nesting(body)
    try:
        value = json.loads(
            body.decode("utf-8"),
            parse_constant=_refuse_constant,
            parse_float=_finite,
            parse_int=_bounded,
            object_pairs_hook=_unique_keys,
        )
    except UnicodeDecodeError:
        raise MalformedBody("The body is not UTF-8.") from None
    except (ValueError, RecursionError):
        raise MalformedBody("The body is not valid JSON.") from None
    _check_text(value)
    return value


def _check_nesting(body: bytes) -> None:
    depth = 0
    for token in _TOKENS.finditer(body):
        sign = token[0]
        if sign.startswith(b'"'):
            continue
        depth += 1 if sign in b"[{" else -1
        if depth > DEEPEST_NESTING:
            raise MalformedBody(f"The body is nested more than {DEEPEST_NESTING} levels deep.")


def _refuse_constant(_: str) -> NoReturn:
    raise MalformedBody("NaN and Infinity are not numbers that can be stored.")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise MalformedBody("A number is too large.")
    return value


def _bounded(text: str) -> int:
    if len(text.removeprefix("-")) > LONGEST_INTEGER or not -LARGEST_INTEGER <= int(text) < LARGEST_INTEGER:
        raise MalformedBody("A number is too large.")
    return int(text)


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise MalformedBody("A key occurs twice in one object.")
    return made


def _check_text(value: Any) -> None:
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
            raise MalformedBody("A text holds a NUL or half a character.")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check_text(key)
            _check_text(inner)
    elif isinstance(value, list):
        for inner in value:
            _check_text(inner)


class StrictRoute(APIRoute):
    """A route that reads its body strictly, and only when it is declared to be JSON in UTF-8."""

    def get_route_handler(self) -> Any:
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Any:
            if self.body_field is not None:
                check_declared(request)
            return await handle(StrictRequest(request.scope, request.receive))

        return handle_strictly


def check_declared(request: Request) -> None:
    """Raises HTTPException (415) unless the body is declared to be plain JSON; nothing is unpacked or guessed."""
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    if kind.strip().lower() not in JSON_TYPES:
        raise HTTPException(status_code=415, detail="The body must be application/json.")
    charset = parameters.partition("charset=")[2].strip(' "').lower()
    if charset not in ("", "utf-8", "utf8"):
        raise HTTPException(status_code=415, detail="The body must be UTF-8.")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise HTTPException(status_code=415, detail="The body must not be compressed.")
