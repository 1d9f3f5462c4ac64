"""What became of grids: exact shares, and who keeps an identity."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.core.lineage import WHOLE_PPM, Overlap, compose, identities, lineage, shares_ppm

SIZES = st.floats(min_value=0.01, max_value=1e7)
ONWARD = str.maketrans("ABCD", "wxyz")
HOUSEHOLDS = st.integers(min_value=0, max_value=5000)


def pieces(*rows: tuple[str, str, float, float]) -> list[Overlap]:
    """Overlaps written as (parent, child, area, households)."""
    return [Overlap(*row) for row in rows]


@st.composite
def redraws(draw: st.DrawFn) -> Sequence[Overlap]:
    pairs = draw(st.sets(st.tuples(st.sampled_from("ABCD"), st.sampled_from("wxyz")), min_size=1))
    return [Overlap(parent, child, draw(SIZES), draw(HOUSEHOLDS)) for parent, child in sorted(pairs)]


def test_a_grid_left_alone_is_kept_whole() -> None:
    (share,) = lineage(pieces(("A", "A", 500.0, 300)))
    assert (share.operation, share.area_ppm, share.household_ppm) == ("kept", WHOLE_PPM, WHOLE_PPM)


def test_three_equal_thirds_of_a_split_sum_to_one_million() -> None:
    shares = lineage(pieces(("A", "x", 1.0, 100), ("A", "y", 1.0, 100), ("A", "z", 1.0, 100)))
    assert [share.household_ppm for share in shares] == [333_334, 333_333, 333_333]
    assert {share.operation for share in shares} == {"split"}


def test_a_merger_has_the_whole_of_each_parent() -> None:
    shares = lineage(pieces(("A", "x", 10.0, 5), ("B", "x", 20.0, 5)))
    assert [(share.parent, share.operation, share.area_ppm) for share in shares] == [
        ("A", "merged", WHOLE_PPM),
        ("B", "merged", WHOLE_PPM),
    ]


def test_a_moved_border_is_a_redraw_of_the_one_that_gave() -> None:
    shares = lineage(pieces(("A", "A", 90.0, 9), ("A", "B", 10.0, 1), ("B", "B", 50.0, 5)))
    assert [(s.parent, s.child, s.operation, s.household_ppm) for s in shares] == [
        ("A", "A", "split", 900_000),
        ("A", "B", "redrawn", 100_000),
        ("B", "B", "merged", WHOLE_PPM),
    ]


def test_where_nobody_lives_households_are_shared_as_the_area_is() -> None:
    shares = lineage(pieces(("A", "x", 30.0, 0), ("A", "y", 10.0, 0)))
    assert [share.household_ppm for share in shares] == [750_000, 250_000]


def test_the_child_with_most_of_a_parent_keeps_its_identity_if_it_is_mostly_that_parent() -> None:
    split = pieces(("A", "x", 1.0, 60), ("A", "y", 9.0, 40))
    assert identities(split) == {"x": "A", "y": None}


def test_a_child_made_mostly_of_others_is_new() -> None:
    merged = pieces(("A", "x", 1.0, 50), ("B", "x", 1.0, 60), ("C", "x", 1.0, 70))
    assert identities(merged) == {"x": None}


def test_exact_halves_keep_nothing() -> None:
    assert identities(pieces(("A", "x", 1.0, 50), ("A", "y", 1.0, 50))) == {"x": None, "y": None}


def test_areas_decide_where_nobody_lives() -> None:
    assert identities(pieces(("A", "x", 60.0, 0), ("A", "y", 40.0, 0))) == {"x": "A", "y": None}


def test_the_planner_may_decide_otherwise() -> None:
    split = pieces(("A", "x", 1.0, 60), ("A", "y", 9.0, 40))
    assert identities(split, {"y": "A"}) == {"x": None, "y": "A"}
    assert identities(split, {"x": None}) == {"x": None, "y": None}


def test_one_identity_is_not_given_twice() -> None:
    with pytest.raises(ValueError, match="two grids"):
        identities(pieces(("A", "x", 1.0, 60), ("A", "y", 9.0, 40)), {"x": "A", "y": "A"})


@pytest.mark.parametrize("piece", [("A", "x", 0.0, 1), ("A", "x", float("nan"), 1), ("A", "x", 1.0, -1)])
def test_unreal_sizes_are_refused(piece: tuple[str, str, float, float]) -> None:
    with pytest.raises(ValueError, match="unreal"):
        lineage(pieces(piece))


def test_nothing_cannot_be_shared() -> None:
    with pytest.raises(ValueError, match="nothing"):
        shares_ppm([0.0, 0.0])


@given(redraws())
def test_the_shares_of_every_parent_sum_to_one_million(overlaps: Sequence[Overlap]) -> None:
    shares = lineage(overlaps)
    for parent in {piece.parent for piece in overlaps}:
        own = [share for share in shares if share.parent == parent]
        assert sum(share.area_ppm for share in own) == WHOLE_PPM
        assert sum(share.household_ppm for share in own) == WHOLE_PPM
    assert {(s.parent, s.child) for s in shares} == {(p.parent, p.child) for p in overlaps}


@given(redraws())
def test_no_identity_is_kept_twice(overlaps: Sequence[Overlap]) -> None:
    kept = [parent for parent in identities(overlaps).values() if parent is not None]
    assert len(kept) == len(set(kept))


def test_shares_of_shares_are_told_over_two_redraws() -> None:
    first = lineage(pieces(("A", "x", 50.0, 50), ("A", "y", 50.0, 50), ("B", "B", 10.0, 10)))
    second = lineage(pieces(("x", "p", 25.0, 25), ("x", "q", 25.0, 25)))
    found = {(share.parent, share.child): share.household_ppm for share in compose(first, second)}
    assert found == {("A", "p"): 250_000, ("A", "q"): 250_000, ("A", "y"): 500_000, ("B", "B"): WHOLE_PPM}


def test_what_is_split_and_merged_again_is_one_whole() -> None:
    apart = lineage(pieces(("A", "x", 1.0, 1), ("A", "y", 2.0, 2)))
    together = lineage(pieces(("x", "z", 1.0, 1), ("y", "z", 2.0, 2)))
    (share,) = compose(apart, together)
    assert (share.parent, share.child, share.household_ppm) == ("A", "z", WHOLE_PPM)


@given(redraws(), redraws())
def test_composed_shares_sum_to_one_million(one: Sequence[Overlap], other: Sequence[Overlap]) -> None:
    then = [Overlap(piece.parent.translate(ONWARD), piece.child, piece.area_m2, piece.households) for piece in other]
    shares = compose(lineage(one), lineage(then))
    for parent in {share.parent for share in shares}:
        assert sum(share.area_ppm for share in shares if share.parent == parent) == WHOLE_PPM
