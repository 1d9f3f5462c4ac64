"""Keyset pages: `limit` and an opaque `cursor` that says after which row the next page begins.

A route asks for one row more than the page holds and lets `paging.page` cut it:

    after = paging.after(datetime, UUID)
    rows = queries.incidents(session, actor.scope, after=after, limit=paging.limit + 1)
    return paging.page(rows, _out, key=lambda row: (row.received_at, row.id))

Only the place in the order travels in a cursor, never a right: a forged one shows nothing that its sender may not see.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import UnionType
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from gridsvc.core.errors import Fault, InvalidInput

Kind = type | UnionType
Item = TypeVar("Item")
Row = TypeVar("Row")

MOST = 200
USUAL = 50
LONGEST_CURSOR = 400
LARGEST = 2**63 - 1


class Page(BaseModel, Generic[Item]):
    """A page of a list; `next_cursor` asks for the following one and is null on the last."""

    items: list[Item]
    next_cursor: str | None = Field(description="Give it back as `cursor` for the following page; null: no more.")


@dataclass(frozen=True)
class Paging:
    """Which part of a list is asked for."""

    limit: int = USUAL
    cursor: str | None = None

    def after(self, *kinds: Kind) -> tuple[Any, ...] | None:
        """The order key of the row after which the page begins; None for the first page. Raises InvalidInput."""
        return read_cursor(self.cursor, *kinds) if self.cursor else None

    def page(
        self, rows: Sequence[Row], out: Callable[[Row], Item], *, key: Callable[[Row], tuple[Any, ...]]
    ) -> "Page[Item]":
        """The first `limit` of the rows for the wire, and the cursor of what follows them if more were found."""
        shown = rows[: self.limit]
        following = make_cursor(*key(shown[-1])) if len(rows) > self.limit else None
        return Page(items=[out(row) for row in shown], next_cursor=following)


def paging(
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many at most.")] = USUAL,
    cursor: Annotated[
        str | None, Query(max_length=LONGEST_CURSOR, description="`next_cursor` of the page before.")
    ] = None,
) -> Paging:
    """The part of a list that the query asks for."""
    return Paging(limit, cursor)


Pages = Annotated[Paging, Depends(paging)]


def make_cursor(*key: datetime | UUID | str | int | None) -> str:
    """A place in an order as opaque text."""
    text = json.dumps([_written(part) for part in key], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str, *kinds: Kind) -> tuple[Any, ...]:
    """The order key in a cursor, one value of each kind (datetime, UUID, str, int, or one of them with `| None`)."""
    try:
        parts = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        if not isinstance(parts, list) or len(parts) != len(kinds):
            raise ValueError
        return tuple(_read(part, kind) for part, kind in zip(parts, kinds, strict=True))
    except (ValueError, RecursionError, binascii.Error):
        fault = Fault("query.cursor", "unknown_cursor", "This is not a cursor given by a page.")
        raise InvalidInput(faults=[fault]) from None


def _written(part: datetime | UUID | str | int | None) -> str | int | None:
    if isinstance(part, datetime):
        return part.astimezone(UTC).isoformat()
    return str(part) if isinstance(part, UUID) else part


def _read(part: object, kind: Kind) -> Any:
    """One value of a key. Null stands for a column without value, where the order of the list has a place for it."""
    if isinstance(kind, UnionType):
        if part is None:
            return None
        kind = next(each for each in kind.__args__ if each is not type(None))
    if kind is int:
        if isinstance(part, bool) or not isinstance(part, int) or abs(part) > LARGEST:
            raise ValueError
        return part
    if not isinstance(part, str) or "\0" in part or any("\ud800" <= sign <= "\udfff" for sign in part):
        raise ValueError
    if kind is UUID:
        return UUID(part)
    if kind is datetime:
        moment = datetime.fromisoformat(part)
        if moment.tzinfo is None:
            raise ValueError
        return moment
    return part
