"""Codes for the grids of a new net: those that come with a grid are checked, the others are given in order.

A code once given belongs to its grid for ever. The caller holds the lock of the net (`lock_net`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from gridsvc.core.codes import (
    CodeScheme,
    check_code,
    format_code,
    next_sequences,
    number_order,
    ordinal_name,
    sequence_of,
)
from gridsvc.core.errors import CodesExhausted, CodeTaken, InvalidCode
from gridsvc.geography.faults import FaultList
from gridsvc.geography.queries import nets


@dataclass(frozen=True)
class Numbered:
    """The codes of a batch in its order, with the number in each (None where the scheme has none)."""

    codes: list[str]
    sequences: list[int | None]


def stored_scheme(session: Session, key: str) -> CodeScheme:
    """The code scheme as the city's data have it. Raises InvalidCode if there is none under that key."""
    row = nets.scheme_row(session, key)
    if row is None:
        raise InvalidCode(f"There is no code scheme {key}.")
    rules = dict(row.rules)
    segments = tuple((str(name), int(width)) for name, width in rules.pop("segments", ()))
    return CodeScheme(key=row.key, name_zh=row.name_zh, name_en=row.name_en, segments=segments, **rules)


def number_grids(
    session: Session,
    scheme: CodeScheme,
    given: Sequence[str | None],
    communities: Sequence[str],
    places_m: tuple[Sequence[float], Sequence[float]],
) -> Numbered:
    """Codes for grids that lie in `communities`, at `places_m` (metres, one point each); None means: give one.

    New numbers go above every number the community ever had, west to east and north to south. Raises InvalidCode for a
    code that breaks its scheme or stands twice, CodeTaken for one given before, CodesExhausted past the last number.
    """
    _check_given(session, scheme, given, communities)
    codes: list[str | None] = list(given)
    used = _used(session, scheme, given, communities)
    for community, members in _open_places(given, communities).items():
        order = number_order([places_m[0][i] for i in members], [places_m[1][i] for i in members])
        numbers = _next(scheme, community, used.get(community, 0), len(members))
        for place, number in zip(np.asarray(members)[order].tolist(), numbers, strict=True):
            codes[place] = format_code(scheme, community, number)
    made = [code for code in codes if code is not None]
    return Numbered(made, [sequence_of(scheme, code) for code in made])


def default_name(code: str, sequence: int | None) -> str:
    """The name of a grid that comes without one: 第一网格 by its number, or its code."""
    return code if sequence is None or not 1 <= sequence <= 999 else ordinal_name(sequence)


def _check_given(session: Session, scheme: CodeScheme, given: Sequence[str | None], communities: Sequence[str]) -> None:
    faults, stands_at = FaultList(), dict[str, int]()
    for index, (code, community) in enumerate(zip(given, communities, strict=True)):
        if code is None:
            continue
        try:
            check_code(scheme, code, community)
        except InvalidCode as error:
            faults.add(index, error.code, error.message)
        before = stands_at.setdefault(code, index)
        if before != index:
            faults.add(index, "duplicate_code", f"the code {code} stands at feature {before + 1} too")
    faults.refuse(InvalidCode)
    taken = nets.taken_grid_codes(session, scheme.key, list(stands_at))
    for code in sorted(taken):
        faults.add(stands_at[code], CodeTaken.code, f"the code {code} was given before and is never given again")
    faults.refuse(CodeTaken)


def _used(
    session: Session, scheme: CodeScheme, given: Sequence[str | None], communities: Sequence[str]
) -> dict[str, int]:
    """The highest number of each community, those of this batch included."""
    used = nets.highest_sequences(session, scheme.key, set(communities))
    for code, community in zip(given, communities, strict=True):
        number = sequence_of(scheme, code) if code else None
        if number is not None:
            used[community] = max(used.get(community, 0), number)
    return used


def _open_places(given: Sequence[str | None], communities: Sequence[str]) -> Mapping[str, list[int]]:
    """The places of grids without a code, by community."""
    members: dict[str, list[int]] = {}
    for index, (code, community) in enumerate(zip(given, communities, strict=True)):
        if code is None:
            members.setdefault(community, []).append(index)
    return members


def _next(scheme: CodeScheme, community: str, highest: int, count: int) -> list[int]:
    if scheme.is_free_text:
        raise InvalidCode(f"Codes of the scheme {scheme.key} are given by people; every grid needs one.")
    try:
        return next_sequences([highest], count, scheme.last_sequence)
    except CodesExhausted as error:
        raise CodesExhausted(
            f"{count} more grids in the community {community} would pass number {scheme.last_sequence}; "
            f"{highest} is the highest ever given there, and none is given twice.",
            community_code=community,
        ) from error
