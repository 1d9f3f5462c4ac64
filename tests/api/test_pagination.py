"""A list is read page by page: nothing twice, nothing left out, and no cursor but ours is taken."""

import base64
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from gridsvc.api.pagination import Paging, make_cursor, read_cursor
from gridsvc.core.errors import InvalidInput

AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
ID = UUID("0b0f7e0e-3a3c-4d57-9a52-6f0a1c1f2e11")


def raw(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def test_a_cursor_brings_back_the_key_it_was_made_of() -> None:
    key = (AT, ID, "张", 7, None)
    assert read_cursor(make_cursor(*key), datetime, UUID, str, int, str | None) == key


def test_pages_hold_everything_once() -> None:
    rows, seen, cursor = list(range(1, 12)), [], None
    while True:
        paging = Paging(limit=4, cursor=cursor)
        after = (paging.after(int) or (0,))[0]
        page = paging.page([row for row in rows if row > after][:5], str, key=lambda row: (row,))
        seen += page.items
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == [str(row) for row in rows]


def test_a_page_that_is_just_full_has_no_successor() -> None:
    assert Paging(limit=3).page([1, 2, 3], str, key=lambda row: (row,)).next_cursor is None


REFUSED = {
    "no base64": "***",
    "no JSON": base64.urlsafe_b64encode(b"{").decode(),
    "no list": raw({"a": 1}),
    "too short": raw([AT.isoformat()]),
    "no moment": raw(["yesterday", str(ID)]),
    "no zone": raw(["2026-11-20T08:30:00", str(ID)]),
    "nothing for a moment": raw([None, str(ID)]),
    "no identifier": raw([AT.isoformat(), "1"]),
    "a number for a text": raw([AT.isoformat(), 5]),
    "half a character": raw(["\ud800", str(ID)]),
    "nested without end": base64.urlsafe_b64encode(b"[" * 5000).decode(),
    "not ASCII": "游标",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_a_text_that_no_page_gave_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_cursor(text, datetime, UUID)
    assert refusal.value.faults[0].place == "query.cursor"


@pytest.mark.parametrize("number", [2**63, True, 1.5])
def test_a_number_that_no_column_holds_is_refused(number: object) -> None:
    with pytest.raises(InvalidInput):
        read_cursor(raw([number]), int)
