"""Grids are numbered as one reads a page, and named by their number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.core.numbering import number_order, ordinal_name


def read(picture: str, jitter_m: float = 0.0, seed: int = 1) -> str:
    """The letters of a picture (100 m a cell) in the order of their numbers."""
    random = np.random.default_rng(seed)
    cells = [
        (letter, 100.0 * column, -100.0 * row)
        for row, line in enumerate(picture.split("/"))
        for column, letter in enumerate(line)
        if letter != "."
    ]
    random.shuffle(cells)
    x, y = (np.array([float(cell[axis]) for cell in cells]) for axis in (1, 2))
    order = number_order(
        x + random.uniform(-jitter_m, jitter_m, len(x)), y + random.uniform(-jitter_m, jitter_m, len(y))
    )
    return "".join(str(cells[index][0]) for index in order)


@pytest.mark.parametrize("picture", ["A", "ABC", "A/B/C", "AB/CD", "ABC/DEF/GHI", "ABCDE/FGHIJ/KLMNO", "A.B/.C./D.E"])
def test_west_to_east_then_north_to_south(picture: str) -> None:
    assert read(picture) == picture.replace("/", "").replace(".", "")


@pytest.mark.parametrize("seed", range(5))
def test_a_crooked_row_is_still_a_row(seed: int) -> None:
    assert read("ABCDE/FGHIJ/KLMNO/PQRST", jitter_m=15, seed=seed) == "ABCDEFGHIJKLMNOPQRST"


def test_the_height_of_a_row_may_be_given() -> None:
    assert number_order([0, 1], [0, 5], row_height_m=10).tolist() == [0, 1]
    assert number_order([0, 1], [0, 5], row_height_m=1).tolist() == [1, 0]


@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 2000)), unique=True, max_size=40))
def test_the_order_of_the_input_does_not_matter(points: list[tuple[int, int]]) -> None:
    def ordered(rows: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return [rows[i] for i in number_order([p[0] for p in rows], [p[1] for p in rows])]

    shuffled = sorted(points)
    assert ordered(points) == ordered(shuffled) == ordered(shuffled[::-1])


def test_places_without_position_are_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        number_order([np.nan], [1.0])
    assert number_order([], []).tolist() == []


@pytest.mark.parametrize(
    ("n", "name"),
    [
        (1, "第一网格"),
        (10, "第十网格"),
        (12, "第十二网格"),
        (20, "第二十网格"),
        (99, "第九十九网格"),
        (100, "第一百网格"),
        (103, "第一百零三网格"),
        (110, "第一百一十网格"),
        (112, "第一百一十二网格"),
        (999, "第九百九十九网格"),
    ],
)
def test_names_are_spoken_numbers(n: int, name: str) -> None:
    assert ordinal_name(n) == name


def test_names_differ_and_end_at_999() -> None:
    assert len({ordinal_name(n) for n in range(1, 1000)}) == 999
    for n in (0, 1000):
        with pytest.raises(ValueError, match="999"):
            ordinal_name(n)
