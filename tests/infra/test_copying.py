"""Bulk rows arrive as they were, whatever characters they hold."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.core.errors import Conflict
from gridsvc.infra.copying import Same, copy_columns, fresh_ids, range_from

ODD = ["plain", "tab\there", "line\nbreak", "back\\slash", "\\N", "", "合成社区", "\r", None]


def test_texts_survive(session: Session) -> None:
    count = copy_columns(
        session,
        "net",
        {"id": fresh_ids(len(ODD)), "key": [f"k{n}" for n in range(len(ODD))], "name": [text or "∅" for text in ODD]},
    )
    assert count == len(ODD)
    names = session.execute(text("SELECT name FROM net ORDER BY key")).scalars().all()
    assert names == [text or "∅" for text in ODD]


def test_values_of_all_kinds(session: Session) -> None:
    since = datetime(2026, 1, 1, tzinfo=UTC)
    copy_columns(
        session,
        "area",
        {
            "id": fresh_ids(2),
            "code": ["1", "2"],
            "level": Same(5),
            "name": ODD[1:3],
            "kind": Same("x"),
            "parent_code": [None, "p"],
            "pilot": [True, False],
            "synthetic": Same(False),
            "valid": Same(range_from(since)),
        },
    )
    rows = session.execute(text("SELECT name, parent_code, pilot, lower(valid), level FROM area ORDER BY code")).all()
    assert [tuple(row) for row in rows] == [("tab\there", None, True, since, 5), ("line\nbreak", "p", False, since, 5)]


def test_who_was_slower_is_told(session: Session) -> None:
    columns = {"id": fresh_ids(2), "key": ["same", "same"], "name": ["a", "b"]}
    with pytest.raises(Conflict, match="at the same time"):
        copy_columns(session, "net", columns)


def test_columns_of_different_length_are_a_mistake(session: Session) -> None:
    with pytest.raises(ValueError, match="zip"):
        copy_columns(session, "net", {"id": fresh_ids(2), "key": ["a"], "name": ["a", "b"]})


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        range_from(datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point
