"""Coverage: grids tile their communities exactly, or every fault is named with its place and size."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from gridsvc.core.coverage import GridPiece, Names, coverage_report, densify, densify_along
from gridsvc.core.findings import Finding, FindingKind
from gridsvc.core.metric import area_m2
from tests.core.pictures import cell, corner, draw, move_vertex, pieces, whole

K = FindingKind
PICTURE = "AAB/ACC/DCC"
CELL_M = 93.5  # a cell is about 94 m by 111 m


def report(grids: Mapping[str, Any], community: Any = None) -> tuple[Finding, ...]:
    """The findings of grids against the community they were drawn for (by default: all of the picture)."""
    return coverage_report({"c": community if community is not None else whole(draw(PICTURE).values())}, pieces(grids))


def kinds(findings: tuple[Finding, ...]) -> list[FindingKind]:
    return [finding.kind for finding in findings]


def area(findings: tuple[Finding, ...], *wanted: FindingKind) -> float:
    return sum(finding.size_m2 for finding in findings if finding.kind in wanted)


def without_vertex(polygon: Any, place: tuple[float, float]) -> Any:
    return shapely.Polygon([point for point in shapely.get_coordinates(polygon).tolist() if tuple(point) != place])


def test_an_exact_coverage_has_no_findings() -> None:
    assert report(draw(PICTURE)) == ()


def test_densified_coverages_are_exact_too() -> None:
    grids = draw(PICTURE)
    shapes = np.array(list(grids.values()), dtype=object)
    community = densify(np.array([whole(shapes)], dtype=object))
    for dense in (densify(shapes), densify_along(shapes, community)):
        assert report(dict(zip(grids, dense, strict=True)), community[0]) == ()
    assert report(grids, community[0]) != ()


def test_a_missing_grid_is_a_gap_of_its_size() -> None:
    grids = draw(PICTURE)
    missing = grids.pop("B")
    (gap,) = report(grids)
    assert gap.kind is K.GAP
    assert gap.geometry.equals(missing)
    assert gap.codes == ("A", "C")
    assert gap.community_codes == ("c",)
    assert gap.size_m2 == pytest.approx(area_m2(np.array([missing]))[0], rel=1e-3)


def test_the_same_ground_twice_is_an_overlap() -> None:
    grids = draw(PICTURE) | {"X": cell(2, 0)}
    (overlap,) = report(grids)
    assert (overlap.kind, overlap.codes) == (K.OVERLAP, ("B", "X"))
    assert overlap.size_m2 == pytest.approx(CELL_M * 110.9, rel=2e-3)


def test_a_grid_inside_another_is_an_overlap() -> None:
    inner = shapely.Polygon([corner(0.2, 0.2), corner(0.5, 0.2), corner(0.5, 0.5)])
    (overlap,) = report(draw(PICTURE) | {"X": inner})
    assert (overlap.kind, overlap.codes) == (K.OVERLAP, ("A", "X"))


def test_a_corner_moved_in_one_grid_only_is_a_gap_and_an_overlap() -> None:
    grids = draw(PICTURE)
    grids["B"] = move_vertex(grids["B"], corner(2, 1), corner(2.2, 1.1))
    findings = report(grids)
    assert kinds(findings) == [K.OVERLAP, K.GAP]
    assert [finding.codes for finding in findings] == [("B", "C"), ("A", "B", "C")]


def test_a_grid_beyond_its_community_lies_outside() -> None:
    grids = draw("AAB")
    (outside,) = coverage_report({"c": whole(draw("AAB").values())}, pieces(grids | {"X": cell(3, 0)}))
    assert (outside.kind, outside.codes) == (K.OUTSIDE_COMMUNITY, ("X",))
    assert outside.geometry.equals(cell(3, 0))


def test_a_grid_may_not_reach_into_the_next_community() -> None:
    drawn = draw("AB")
    communities = {"a": drawn["A"], "b": drawn["B"]}
    findings = coverage_report(communities, [GridPiece("1", "a", whole(drawn.values()))])
    assert [(f.kind, f.community_codes) for f in findings] == [(K.OUTSIDE_COMMUNITY, ("a",))]
    both = coverage_report(communities, [GridPiece("1", "a", whole(drawn.values())), GridPiece("2", "b", drawn["B"])])
    assert sorted(kinds(both)) == sorted([K.OVERLAP, K.OUTSIDE_COMMUNITY])


def test_communities_without_grids_are_not_asked_for() -> None:
    drawn = draw("AB")
    assert coverage_report({"a": drawn["A"], "village": drawn["B"]}, [GridPiece("1", "a", drawn["A"])]) == ()
    assert coverage_report({"a": drawn["A"]}, []) == ()


def test_a_vertex_the_neighbour_lacks_is_an_unmatched_border() -> None:
    grids = draw(PICTURE)
    grids["C"] = without_vertex(grids["C"], corner(2, 1))
    findings = report(grids)
    assert kinds(findings) == [K.UNMATCHED_BORDER] * 2
    assert {finding.codes for finding in findings} == {("A", "C"), ("B", "C")}
    for finding in findings:
        assert finding.size_m2 == 0
        assert finding.size_m == pytest.approx(CELL_M, rel=1e-2)


def test_a_vertex_the_community_lacks_is_an_unmatched_border() -> None:
    community = without_vertex(whole(draw(PICTURE).values()), corner(3, 1))
    (finding,) = report(draw(PICTURE), community)
    assert (finding.kind, finding.codes) == (K.UNMATCHED_BORDER, ("B", "C"))
    assert finding.size_m == pytest.approx(2 * 110.9, rel=1e-2)


def test_borders_between_communities_must_match_too() -> None:
    west, east = cell(0, 0), shapely.Polygon([corner(1, 0), corner(2, 0), corner(2, 1), corner(1, 1), corner(1, 0.5)])
    (finding,) = coverage_report({"w": west, "e": east}, [GridPiece("1", "w", west), GridPiece("2", "e", east)])
    assert (finding.kind, finding.codes, finding.community_codes) == (K.UNMATCHED_BORDER, ("1", "2"), ("e", "w"))


@pytest.mark.parametrize(("steps", "kind"), [(1, K.UNMATCHED_BORDER), (4, K.GAP)])
def test_a_slit_is_a_gap_or_an_unmatched_border_but_never_hidden(steps: int, kind: FindingKind) -> None:
    slit = steps * 1e-4  # in cells: a step of the coordinate grid each, about a centimetre
    community = shapely.Polygon([corner(*p) for p in ((0, 0), (1, 0), (1 + slit, 0), (2, 0), (2, 1), (1, 1), (0, 1))])
    grids = {
        "A": shapely.Polygon([corner(*p) for p in ((0, 0), (1, 0), (1, 1), (0, 1))]),
        "B": shapely.Polygon([corner(*p) for p in ((1 + slit, 0), (2, 0), (2, 1), (1, 1))]),
    }
    (finding,) = report(grids, community)
    assert (finding.kind, finding.codes) == (kind, ("A", "B"))
    assert finding.size_m2 == pytest.approx(steps * 0.00935 * 110.9 / 2, rel=0.02)


def test_even_a_fault_of_square_millimetres_is_reported() -> None:
    grids = draw("AB")
    tooth = [corner(1, 0), corner(1, 0.0002), corner(1.0001, 0.0003), corner(1, 0.0004), corner(1, 1)]
    grids["A"] = shapely.Polygon([corner(0, 0), *tooth, corner(0, 1)])
    findings = report(grids, whole(draw("AB").values()))
    assert set(kinds(findings)) == {K.UNMATCHED_BORDER}
    assert all(finding.is_fault for finding in findings)


def test_invalid_rings_are_shown_where_they_cross_and_do_not_spoil_the_rest() -> None:
    bow_tie = shapely.Polygon([corner(2, 0), corner(3, 1), corner(3, 0), corner(2, 1)])
    findings = report(draw(PICTURE) | {"B": bow_tie, "E": shapely.Polygon()})
    assert kinds(findings) == [K.INVALID_RING, K.INVALID_RING, K.GAP]
    assert findings[0].codes == ("B",)
    assert findings[0].geometry.distance(shapely.Point(corner(2.5, 0.5))) < 1e-9
    assert findings[1].codes == ("E",)


def test_lines_and_broken_communities_are_no_ground() -> None:
    line = shapely.LineString([corner(0, 0), corner(1, 1)])
    bow_tie = shapely.Polygon([corner(0, 0), corner(1, 1), corner(1, 0), corner(0, 1)])
    nothing = shapely.Polygon([(0, 0), (np.nan, 0), (0, 1), (0, 0)])
    findings = coverage_report({"c": bow_tie}, pieces({"A": line, "B": nothing, "C": cell(0, 0)}))
    assert kinds(findings) == [K.INVALID_RING] * 3
    for finding in findings:
        json.dumps(finding.feature(), allow_nan=False)


def test_a_grid_of_an_unknown_community_is_named() -> None:
    (finding,) = coverage_report({}, [GridPiece("1", "nowhere", cell(0, 0))])
    assert (finding.kind, finding.codes, finding.community_codes) == (K.UNKNOWN_COMMUNITY, ("1",), ("nowhere",))


def test_an_enclave_is_advice_not_a_fault() -> None:
    (finding,) = report(draw("A.A/BBB"), whole(draw("A.A/BBB").values()))
    assert finding.kind is K.MULTIPART
    assert not finding.is_fault


def test_holes_and_enclaves_are_covered_exactly() -> None:
    drawn = draw("AAA/ABA/AAA")
    assert (
        coverage_report({"a": drawn["A"], "b": drawn["B"]}, [GridPiece(k.lower(), k.lower(), drawn[k]) for k in "AB"])
        == ()
    )
    assert kinds(coverage_report({"a": drawn["A"]}, [GridPiece("1", "a", shapely.Polygon(drawn["A"].exterior))])) == [
        K.OUTSIDE_COMMUNITY
    ]


def test_the_same_check_serves_other_levels() -> None:
    drawn = draw("AB")
    (finding,) = coverage_report(
        {"s": whole(drawn.values())}, [GridPiece("c1", "s", drawn["A"])], Names(whole="street", piece="community")
    )
    assert finding.message == "no community covers this ground of the street s"


def test_a_finding_is_a_feature_with_kind_and_size() -> None:
    grids = draw(PICTURE)
    grids.pop("B")
    made = report(grids)[0].feature()
    assert made["type"] == "Feature"
    assert made["geometry"]["type"] == "Polygon"
    assert made["properties"]["kind"] == "gap"
    assert made["properties"]["size_m2"] == pytest.approx(10_373, abs=2)
    assert made["properties"]["codes"] == ["A", "C"]
    json.dumps(made, allow_nan=False)


def test_coordinates_off_the_grid_are_refused() -> None:
    with pytest.raises(ValueError, match="1e-7"):
        coverage_report({}, [GridPiece("1", "c", shapely.Point(117 + 1 / 3, 32).buffer(0.01))])


@st.composite
def drawings(draw_: st.DrawFn, letters: str = "ABCD.") -> dict[str, Any]:
    """Random letter pictures of up to five by five cells."""
    width = draw_(st.integers(1, 5))
    rows = draw_(st.lists(st.text(letters, min_size=width, max_size=width), min_size=1, max_size=5))
    grids = draw("/".join(rows))
    assume(grids)
    return grids


@given(drawings())
def test_any_picture_is_an_exact_coverage(grids: dict[str, Any]) -> None:
    assert [f for f in report(grids, whole(grids.values())) if f.is_fault] == []


@given(drawings(), st.data())
def test_any_picture_is_exact_in_any_communities(grids: dict[str, Any], data: st.DataObject) -> None:
    owner = {code: data.draw(st.sampled_from("xyz")) for code in grids}
    communities = {c: whole(grids[code] for code in grids if owner[code] == c) for c in set(owner.values())}
    findings = coverage_report(communities, [GridPiece(code, owner[code], grids[code]) for code in grids])
    assert [f for f in findings if f.is_fault] == []


@given(drawings(), st.data())
def test_any_missing_grid_is_a_gap_of_its_area(grids: dict[str, Any], data: st.DataObject) -> None:
    assume(len(grids) > 1)
    community, missing = whole(grids.values()), grids.pop(data.draw(st.sampled_from(sorted(grids))))
    findings = report(grids, community)
    assert {f.kind for f in findings if f.is_fault} == {K.GAP}
    assert area(findings, K.GAP) == pytest.approx(area_m2(np.array([missing], dtype=object))[0], rel=1e-3)


@given(drawings(), st.data())
def test_any_moved_vertex_leaves_gaps_and_overlaps_of_the_right_size(
    grids: dict[str, Any], data: st.DataObject
) -> None:
    community, code = whole(grids.values()), data.draw(st.sampled_from(sorted(grids)))
    before = grids[code]
    assume(before.geom_type == "Polygon")
    place = data.draw(st.sampled_from(shapely.get_coordinates(before).tolist()))
    shift = data.draw(
        st.tuples(st.integers(-4000, 4000), st.integers(-4000, 4000)).filter(lambda s: abs(s[0]) + abs(s[1]) > 500)
    )
    target = tuple(round(value + step / 1e7, 7) for value, step in zip(place, shift, strict=True))
    after = move_vertex(before, tuple(place), target)
    assume(after.is_valid)
    findings = report(grids | {code: after}, community)
    lost, gained = area_m2(np.array([before.difference(after), after.difference(before)], dtype=object), "EPSG:4548")
    slivers = area(findings, K.UNMATCHED_BORDER)
    assert slivers < 2
    assert area(findings, K.GAP) == pytest.approx(lost, abs=2)
    others = [shape for other, shape in grids.items() if other != code]
    inside, beyond = area_m2(
        np.array(
            [shapely.intersection(after, whole(others)) if others else shapely.Polygon(), after.difference(community)]
        ),
        "EPSG:4548",
    )
    assert inside + beyond == pytest.approx(gained, abs=2)
    assert area(findings, K.OVERLAP) == pytest.approx(inside, abs=2)
    assert area(findings, K.OUTSIDE_COMMUNITY) == pytest.approx(beyond, abs=2)
    assert findings


@given(drawings(), st.data())
def test_direction_start_and_doubled_vertices_do_not_matter(grids: dict[str, Any], data: st.DataObject) -> None:
    community, code = whole(grids.values()), data.draw(st.sampled_from(sorted(grids)))
    assume(grids[code].geom_type == "Polygon")
    changed = []
    for ring in shapely.get_rings(grids[code]):
        points = shapely.get_coordinates(ring)[:-1].tolist()
        turn, twice = (data.draw(st.integers(0, len(points) - 1)) for _ in range(2))
        points = points[: twice + 1] + points[twice:]
        points = points[turn:] + points[:turn]
        changed.append(points[::-1] if data.draw(st.booleans()) else points)
    grids[code] = shapely.Polygon(changed[0], changed[1:])
    assert [f for f in report(grids, community) if f.is_fault] == []


@given(drawings("AB"), st.data())
def test_a_removed_vertex_is_found_even_where_no_area_changes(grids: dict[str, Any], data: st.DataObject) -> None:
    community, code = whole(grids.values()), data.draw(st.sampled_from(sorted(grids)))
    part, *others = shapely.get_parts(grids[code]).tolist()
    thinner = [without_vertex(part, tuple(place)) for place in shapely.get_coordinates(part.exterior).tolist()]
    straight = [shape for shape in thinner if shape.is_valid and abs(shape.area / part.area - 1) < 1e-9]
    assume(straight and not part.interiors)
    grids[code] = shapely.MultiPolygon([data.draw(st.sampled_from(straight)), *others])
    faults = [f for f in report(grids, community) if f.is_fault]
    assert {f.kind for f in faults} == {K.UNMATCHED_BORDER}
    assert any(code in f.codes for f in faults)
