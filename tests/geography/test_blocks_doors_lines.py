"""Blocks lie in their communities, doors in their blocks; a batch goes in as a whole or not at all."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.core.errors import InvalidInput, UnknownCommunity
from gridsvc.geography.blocks import BlockBatch, register_blocks
from gridsvc.geography.doors import DoorBatch, register_doors
from gridsvc.geography.lines import LineBatch, register_lines
from tests.core.pictures import corner, draw
from tests.fixtures.towns import FOUNDED, community_code, found_town

SHAPES = draw("abcd/abcd")
BLOCKS = BlockBatch(
    codes=["B1", "B2", "B3", "B4"],
    community_codes=[community_code(1), community_code(1), community_code(2), community_code(2)],
    polygons=list(SHAPES.values()),
    counts=[{"households": n, "organisations": 1} for n in (10, 20, 30, 40)],
)


def count(session: Session, table: str) -> int:
    found: int = session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
    return found


def test_blocks_are_stored_with_their_counts(session: Session) -> None:
    found_town(session)
    assert register_blocks(session, BLOCKS) == 4
    assert session.execute(text("SELECT counts FROM block WHERE code = 'B2'")).scalar_one() == {
        "households": 20,
        "organisations": 1,
    }


def test_a_block_outside_its_community_is_told_with_its_piece(session: Session) -> None:
    found_town(session)
    with pytest.raises(InvalidInput) as error:
        register_blocks(session, replace(BLOCKS, community_codes=[community_code(1)] * 4))
    assert [(fault.place, fault.code) for fault in error.value.faults] == [
        ("feature 3", "outside_community"),
        ("feature 4", "outside_community"),
    ]
    assert error.value.faults[0].geometry is not None
    assert "m²" in error.value.faults[0].message


def test_a_centimetre_over_the_border_is_rounding(session: Session) -> None:
    found_town(session)
    grown = [shapely.transform(SHAPES["a"], lambda points: points + np.array([-1e-7, 1e-7])), *BLOCKS.polygons[1:]]
    assert register_blocks(session, replace(BLOCKS, polygons=grown)) == 4


def test_an_unknown_community_has_an_error_of_its_own(session: Session) -> None:
    found_town(session)
    with pytest.raises(UnknownCommunity):
        register_blocks(session, replace(BLOCKS, community_codes=["340302001099", *BLOCKS.community_codes[1:]]))


def test_faults_of_blocks_are_told_at_once(session: Session) -> None:
    found_town(session)
    register_blocks(session, BLOCKS)
    batch = replace(
        BLOCKS,
        codes=["B1", "N1", "N1", ""],
        polygons=[*BLOCKS.polygons[:3], None],
        counts=[{"households": -1}, {}, {"households": 1.5}, {}],  # type: ignore[dict-item]
    )
    with pytest.raises(InvalidInput) as error:
        register_blocks(session, batch)
    assert {(fault.place, fault.code) for fault in error.value.faults} == {
        ("feature 1", "duplicate_code"),
        ("feature 3", "duplicate_code"),
        ("feature 4", "missing"),
        ("feature 1", "invalid_count"),
        ("feature 3", "invalid_count"),
    }
    assert count(session, "block") == 4


def test_doors_find_their_block_by_position(session: Session) -> None:
    found_town(session)
    register_blocks(session, BLOCKS)
    places = [corner(0.5, 1), corner(3.5, 0.5), corner(1, 1)]
    doors = DoorBatch(["D1", "D2", "D3"], ["甲1号", "乙\\2号", "丙3号"], [p[0] for p in places], [p[1] for p in places])
    assert register_doors(session, doors, registered_from=FOUNDED) == 3
    rows = session.execute(
        text("SELECT d.code, d.address, b.code FROM door d JOIN block b ON b.id = d.block_id ORDER BY d.code")
    ).all()
    assert [tuple(row) for row in rows] == [("D1", "甲1号", "B1"), ("D2", "乙\\2号", "B4"), ("D3", "丙3号", "B1")]


def test_faults_of_doors_are_told_at_once(session: Session) -> None:
    found_town(session)
    register_blocks(session, BLOCKS)
    x, y = corner(0.5, 1)
    register_doors(session, DoorBatch(["D1"], ["甲"], [x], [y], ["B1"]), registered_from=FOUNDED)
    wrong = DoorBatch(["D1", "D2", "D2", "D4"], ["甲\n", "", "丙", "丁"], [x, x, x, float("nan")], [y] * 4)
    with pytest.raises(InvalidInput) as error:
        register_doors(session, wrong, registered_from=FOUNDED)
    assert {(fault.place, fault.code) for fault in error.value.faults} == {
        ("feature 1", "duplicate_code"),
        ("feature 1", "invalid_text"),
        ("feature 2", "missing"),
        ("feature 3", "duplicate_code"),
        ("feature 4", "invalid_coordinate"),
    }
    with pytest.raises(InvalidInput, match="no registered block"):
        register_doors(session, DoorBatch(["D9"], ["远"], [110], [30]), registered_from=FOUNDED)
    with pytest.raises(InvalidInput, match="B9 is not registered"):
        register_doors(session, DoorBatch(["D9"], ["远"], [x], [y], ["B9"]), registered_from=FOUNDED)
    assert count(session, "door") == 1


def test_lines_have_a_known_class(session: Session) -> None:
    line = shapely.LineString([corner(0, 0), corner(1, 1)])
    assert register_lines(session, LineBatch(["river", "local"], [line, line], ["淮河", None])) == 2
    with pytest.raises(InvalidInput, match="canal"):
        register_lines(session, LineBatch(["canal"], [line]))
    with pytest.raises(InvalidInput, match="not a line"):
        register_lines(session, LineBatch(["river"], [shapely.Point(1, 1)]))
