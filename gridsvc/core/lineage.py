"""What became of grids in a redraw: which child has how much of which parent, and who keeps an identity.

Shares are parts per million and sum to 1,000,000 exactly for every parent (largest remainders, Hamilton's method), so
that a figure told of old grids can be told of new ones without losing or inventing anything.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

WHOLE_PPM = 1_000_000

Operation = Literal["kept", "split", "merged", "redrawn"]


@dataclass(frozen=True, slots=True)
class Overlap:
    """The ground that a parent and a child have in common: its area in m², and the households that live on it."""

    parent: str
    child: str
    area_m2: float
    households: float


@dataclass(frozen=True, slots=True)
class Share:
    """What part of a parent went into a child, by area and by households, and by what kind of change."""

    parent: str
    child: str
    operation: Operation
    area_ppm: int
    household_ppm: int


def lineage(overlaps: Iterable[Overlap]) -> tuple[Share, ...]:
    """The shares of every parent, sorted by parent and child.

    Where nobody lives in a parent its households are shared as its area is. Raises ValueError for a parent without any
    area, for a pair that comes twice, and for negative or unreal sizes.
    """
    by_parent = _by_parent(overlaps)
    parents_of: dict[str, int] = defaultdict(int)
    for pieces in by_parent.values():
        for piece in pieces:
            parents_of[piece.child] += 1
    return tuple(share for parent in sorted(by_parent) for share in _shares(by_parent[parent], parents_of))


def identities(overlaps: Iterable[Overlap], decided: Mapping[str, str | None] | None = None) -> dict[str, str | None]:
    """For every child the parent whose identity and code it keeps, or None for a new grid.

    A child keeps the identity of a parent when it gets more than half of the parent's households and they are more than
    half of its own; by area where nobody lives. `decided` are the planner's own decisions, which go before the rule: a
    parent named there is kept by nobody else. Raises ValueError when two children are given one parent.
    """
    pieces = list(overlaps)
    _by_parent(pieces)
    given = dict(decided or {})
    taken = [parent for parent in given.values() if parent is not None]
    if len(set(taken)) != len(taken):
        raise ValueError("one identity cannot be kept by two grids")
    kept: dict[str, str | None] = dict.fromkeys(sorted({piece.child for piece in pieces}))
    kept.update({child: parent for child, parent in given.items() if child in kept})
    whole_parent, whole_child = _sums(pieces, "parent"), _sums(pieces, "child")
    for piece in pieces:
        if piece.child in given or piece.parent in taken:
            continue
        if _most_of(piece, whole_parent[piece.parent]) and _most_of(piece, whole_child[piece.child]):
            kept[piece.child] = piece.parent
    return kept


def compose(first: Sequence[Share], second: Sequence[Share]) -> tuple[Share, ...]:
    """The shares from the parents of `first` to the children of `second`; a child that `second` does not name goes on.

    Shares of shares are rounded so that every parent still sums to 1,000,000. A pair is `kept` or `merged` when all of
    the parent is in one child, `split` or `redrawn` otherwise.
    """
    onward: dict[str, list[Share]] = defaultdict(list)
    for share in second:
        onward[share.parent].append(share)
    reached: dict[str, dict[str, tuple[int, int]]] = defaultdict(lambda: defaultdict(lambda: (0, 0)))
    for share in first:
        for then in onward.get(share.child) or [Share(share.child, share.child, "kept", WHOLE_PPM, WHOLE_PPM)]:
            area, lived = reached[share.parent][then.child]
            added = share.area_ppm * then.area_ppm, share.household_ppm * then.household_ppm
            reached[share.parent][then.child] = area + added[0], lived + added[1]
    parents_of: dict[str, int] = defaultdict(int)
    for children in reached.values():
        for child in children:
            parents_of[child] += 1
    return tuple(share for parent in sorted(reached) for share in _composed(parent, reached[parent], parents_of))


def shares_ppm(weights: Sequence[float]) -> tuple[int, ...]:
    """Parts per million of the weights' sum, whole numbers that sum to 1,000,000; the earlier one wins a tie.

    Raises ValueError when there is nothing to share.
    """
    whole = [Fraction(weight) for weight in weights]  # rounded quotients could sum to more than there is
    total = sum(whole)
    if not total > 0:
        raise ValueError("nothing to share")
    exact = [weight * WHOLE_PPM / total for weight in whole]
    parts = [int(share) for share in exact]
    for place in sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])[: WHOLE_PPM - sum(parts)]:
        parts[place] += 1
    return tuple(parts)


def _by_parent(overlaps: Iterable[Overlap]) -> dict[str, list[Overlap]]:
    by_parent: dict[str, list[Overlap]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for piece in overlaps:
        if (piece.parent, piece.child) in seen:
            raise ValueError(f"{piece.parent} and {piece.child} come twice")
        if not (0 < piece.area_m2 < float("inf") and 0 <= piece.households < float("inf")):
            raise ValueError(f"{piece.parent} and {piece.child} have unreal sizes in common")
        seen.add((piece.parent, piece.child))
        by_parent[piece.parent].append(piece)
    return {parent: sorted(pieces, key=lambda piece: piece.child) for parent, pieces in by_parent.items()}


def _shares(pieces: Sequence[Overlap], parents_of: Mapping[str, int]) -> Iterable[Share]:
    areas = shares_ppm([piece.area_m2 for piece in pieces])
    lived_in = any(piece.households for piece in pieces)
    households = shares_ppm([piece.households for piece in pieces]) if lived_in else areas
    for piece, area, lived in zip(pieces, areas, households, strict=True):
        kind = _operation(len(pieces), parents_of[piece.child])
        yield Share(piece.parent, piece.child, kind, area, lived)


def _composed(parent: str, children: Mapping[str, tuple[int, int]], parents_of: Mapping[str, int]) -> Iterable[Share]:
    names = sorted(children)
    areas = shares_ppm([children[name][0] for name in names])
    households = shares_ppm([children[name][1] for name in names])
    for name, area, lived in zip(names, areas, households, strict=True):
        yield Share(parent, name, _operation(len(names), parents_of[name]), area, lived)


def _operation(children: int, parents: int) -> Operation:
    if children == 1:
        return "kept" if parents == 1 else "merged"
    return "split" if parents == 1 else "redrawn"


def _sums(pieces: Iterable[Overlap], side: Literal["parent", "child"]) -> dict[str, tuple[float, float]]:
    """Households and area of each parent, or of each child."""
    sums: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for piece in pieces:
        households, area = sums[getattr(piece, side)]
        sums[getattr(piece, side)] = (households + piece.households, area + piece.area_m2)
    return dict(sums)


def _most_of(piece: Overlap, whole: tuple[float, float]) -> bool:
    households, area = whole
    return piece.households * 2 > households if households else piece.area_m2 * 2 > area
