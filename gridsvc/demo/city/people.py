"""Who lives and works in the blocks: use, households, population, doors and organisations. All of it is made up."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Uses = NDArray[np.str_]

HOUSEHOLDS_PER_GRID = 168.0
HOUSEHOLDS_PER_VILLAGE = 640.0
# Of a hundred urban blocks; near the edge of the town industry takes more.
URBAN_USES = {"residential": 0.80, "commerce": 0.07, "office": 0.03, "school": 0.02, "park": 0.03, "industry": 0.05}
# Households beside a residential block of the same size, and the mean number of organisations.
LIVING = {"residential": 1.0, "commerce": 0.4, "office": 0.06, "school": 0.02, "park": 0.0, "industry": 0.03}
ORGANISATIONS = {
    "residential": 0.12, "commerce": 3.5, "office": 4.5, "school": 1.0, "market": 5.0, "park": 0.1, "hospital": 1.2,
    "industry": 1.6, "water": 0.0, "hamlet": 0.25, "fields": 0.02,
}  # fmt: skip
PURPOSES = ("school", "market", "park", "hospital", "industry")
DEDICATED_SHARE = 0.02
# A block that is not built upon still counts a little when grids are balanced: somebody has to walk it.
BARE_WEIGHT = 4
HAMLET_M2 = 60_000.0
VACANT_DOORS = 0.06


@dataclass(frozen=True)
class Counts:
    """The numbers of each block."""

    use: Uses
    households: Ints
    population: Ints
    doors: Ints
    organisations: Ints


def urban_uses(is_water: Bools, distance_m: Floats, rng: np.random.Generator) -> tuple[Uses, Floats]:
    """A first use for every block as if all were urban, and its expected households beside the mean."""
    names = np.array(list(URBAN_USES))
    share = np.cumsum(list(URBAN_USES.values()))
    edge = np.clip((distance_m - 3000) / 12_000, -0.04, 0.2)
    use = names[np.minimum(np.searchsorted(share, rng.random(len(is_water)) * (1 + edge)), len(names) - 1)]
    use = np.where(is_water, "water", use)
    living = np.array([LIVING.get(str(name), 0.0) for name in names])
    position = np.searchsorted(np.sort(names), use.astype(names.dtype))
    expected = np.where(is_water, 0.0, living[np.argsort(names)][np.minimum(position, len(names) - 1)])
    return use.astype("U12"), expected * np.exp(rng.normal(0, 0.3, len(is_water)))


def division_weights(expected: Floats, blocks_per_grid: float) -> Ints:
    """What a block weighs when grids are balanced: its households and a little for itself."""
    mean = HOUSEHOLDS_PER_GRID / blocks_per_grid
    return np.asarray(BARE_WEIGHT + np.round(expected * mean / max(expected.mean(), 1e-9)), dtype=np.int64)


def dedicated_grids(grid: Ints, committee: Ints, rng: np.random.Generator) -> dict[int, str]:
    """The grids that serve one purpose, at most one in a community."""
    first = np.flatnonzero(grid >= 0)
    grids, where = np.unique(grid[first], return_index=True)
    home = committee[first[where]]
    wanted = round(DEDICATED_SHARE * len(grids))
    chosen: dict[int, str] = {}
    taken: set[int] = set()
    for k in rng.permutation(len(grids)):
        if len(chosen) == wanted:
            break
        if int(home[k]) not in taken:
            taken.add(int(home[k]))
            chosen[int(grids[k])] = PURPOSES[len(chosen) % len(PURPOSES)]
    return chosen


def settle(
    use: Uses, expected: Floats, *, grid: Ints, committee: Ints, area_m2: Floats, dedicated: dict[int, str],
    rng: np.random.Generator,
) -> Counts:  # fmt: skip
    """The numbers of all blocks, once it is known which grid or village each lies in."""
    use, expected = use.copy(), expected.copy()
    for number, purpose in dedicated.items():
        mine = (grid == number) & (use != "water")
        use[mine] = purpose
        expected[mine] *= 0.04
    urban = grid >= 0
    grids = int(grid.max()) + 1
    mean = np.zeros(len(use))
    mean[urban] = expected[urban] * (HOUSEHOLDS_PER_GRID * grids / expected[urban].sum())
    _settle_villages(use, mean, committee, np.flatnonzero(~urban), area_m2, rng)
    households = np.floor(mean + rng.random(len(use))).astype(np.int64)
    households[use == "water"] = 0
    people = np.where(urban, rng.uniform(2.0, 2.75, len(use)), rng.uniform(2.2, 3.1, len(use)))
    population = np.round(households * people).astype(np.int64)
    doors = households + rng.binomial(households, VACANT_DOORS)
    kinds = list(ORGANISATIONS)
    organisations = np.zeros(len(use), dtype=np.int64)
    for kind in kinds:
        here = use == kind
        organisations[here] = rng.poisson(ORGANISATIONS[kind], int(here.sum()))
    return Counts(use, households, population, doors.astype(np.int64), organisations)


def _settle_villages(
    use: Uses, mean: Floats, committee: Ints, rural: Ints, area_m2: Floats, rng: np.random.Generator
) -> None:
    """Villagers live in the small blocks of their hamlets; the wide ones are fields."""
    wet = use[rural] == "water"
    use[rural] = np.where(wet, "water", np.where(area_m2[rural] < HAMLET_M2, "hamlet", "fields"))
    weight = np.where(wet, 0.0, np.exp(-area_m2[rural] / HAMLET_M2) + 0.004)
    villages, home = np.unique(committee[rural], return_inverse=True)
    home = home.reshape(-1)
    total = np.bincount(home, weights=weight)
    size = HOUSEHOLDS_PER_VILLAGE * np.exp(rng.normal(0, 0.3, len(villages)))
    mean[rural] = weight * (size / np.maximum(total, 1e-9))[home]
