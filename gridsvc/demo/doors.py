"""The registered doors of the demo city: households in buildings, buildings in blocks."""

from dataclasses import dataclass

import numpy as np
import shapely

from gridsvc.demo.ground import NOWHERE, Floats, Ground, Ints, metres_to_degrees, scatter

# A building has so many doors: stairs by floors by two; the last building of a block takes what is left.
DOORS_PER_STAIR_AND_FLOOR = 2
STAIRS = (1, 2, 3, 4)
FLOORS = (5, 6, 6, 6, 11, 18)
# Doors of one staircase are this far from the middle of their building, at most.
SPREAD_M = 7.0
INSIDE_M = 9.0


@dataclass(frozen=True)
class Doors:
    """Doors as columns, in the order of their blocks; x and y are degrees (WGS 84)."""

    codes: list[str]
    addresses: list[str]
    x: Floats
    y: Floats
    block: Ints
    grid: Ints


def make_doors(ground: Ground, rng: np.random.Generator) -> Doors:
    """Every door of each block that lies in a grid."""
    urban = np.flatnonzero((ground.block_grid != NOWHERE) & (ground.doors > 0))
    block = np.repeat(urban, ground.doors[urban])
    in_block = np.arange(len(block)) - np.repeat(_starts(ground.doors[urban]), ground.doors[urban])
    stairs = rng.choice(STAIRS, len(ground.block_codes))
    floors = rng.choice(FLOORS, len(ground.block_codes))
    per_building = (stairs * floors * DOORS_PER_STAIR_AND_FLOOR)[block]
    building = in_block // per_building
    x, y = _places(ground, block, building, rng)
    room = in_block % per_building
    return Doors(
        codes=_codes(ground, block, in_block),
        addresses=_addresses(ground, block, building, room, floors[block]),
        x=x,
        y=y,
        block=block,
        grid=ground.block_grid[block],
    )


def _starts(counts: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)


def _places(ground: Ground, block: Ints, building: Ints, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Each building somewhere inside its block, not at the kerb where there is room, and its doors close around it."""
    is_first = np.concatenate([[True], (np.diff(block) != 0) | (np.diff(building) != 0)])
    house = np.cumsum(is_first) - 1
    latitude = float(ground.centre[1])
    inset = float(metres_to_degrees(np.array([INSIDE_M]), latitude)[0][0])
    inner = shapely.buffer(ground.block_polygons, -inset, quad_segs=2)
    inner = np.where(shapely.is_empty(inner), ground.block_polygons, inner)
    house_x, house_y = scatter(inner, block[is_first], rng)
    reach = SPREAD_M / np.sqrt(2)
    step_x, _ = metres_to_degrees(rng.uniform(-reach, reach, len(block)), latitude)
    _, step_y = metres_to_degrees(rng.uniform(-reach, reach, len(block)), latitude)
    x, y = house_x[house] + step_x, house_y[house] + step_y
    shapely.prepare(ground.block_polygons)
    lost = ~shapely.contains_xy(ground.block_polygons[block], x, y)
    x[lost], y[lost] = house_x[house][lost], house_y[house][lost]
    return x, y


def _codes(ground: Ground, block: Ints, in_block: Ints) -> list[str]:
    names = ground.block_codes
    return [f"{names[b]}D{n + 1:04d}" for b, n in zip(block.tolist(), in_block.tolist(), strict=True)]


def _addresses(ground: Ground, block: Ints, building: Ints, room: Ints, floors: Ints) -> list[str]:
    """Addresses as people write them: yard, building, staircase, room."""
    yards = _yards(ground)
    stair, in_stair = np.divmod(room, floors * DOORS_PER_STAIR_AND_FLOOR)
    number = (in_stair // DOORS_PER_STAIR_AND_FLOOR + 1) * 100 + in_stair % DOORS_PER_STAIR_AND_FLOOR + 1
    return [
        f"{yards[b]}{h}号楼{s}单元{n}室"
        for b, h, s, n in zip(
            block.tolist(), (building + 1).tolist(), (stair + 1).tolist(), number.tolist(), strict=True
        )
    ]


def _yards(ground: Ground) -> list[str]:
    """The name of each block as an address begins: its community and a number within it."""
    seen: dict[int, int] = {}
    yards = []
    for community in ground.block_community.tolist():
        seen[community] = seen.get(community, 0) + 1
        yards.append(f"{short_name(ground.community_names[community])}{seen[community]}号院")
    return yards


def short_name(name: str) -> str:
    """A community's name without the words for its kind."""
    for ending in ("社区居民委员会", "居民委员会", "社区居委会", "居委会", "村民委员会", "村委会"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name
