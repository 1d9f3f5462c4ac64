"""Redraws that move no line: merging neighbours, and giving the grids other keys, as renumbering does."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import shapely

from gridsvc.core.metric import in_frame
from gridsvc.core.numbering import number_order
from gridsvc.core.partition import Partition
from gridsvc.core.redraw.refusals import refuse
from gridsvc.core.refusals import GridExists, NothingChanges, NotNeighbours, UnknownGrid


def merge(partition: Partition, keys: Collection[str], into: str | None = None) -> Partition:
    """The partition in which these grids are one, under the key `into` (by default that of the largest of them).

    Refuses unknown grids, fewer than two, a key that another grid has, and grids that do not hang together by border
    lines (a common corner is not enough).
    """
    require(partition, *keys)
    wanted = sorted(set(keys))
    if len(wanted) < 2:
        raise refuse(NothingChanges, "keys", None, "Two grids at least are needed to merge.")
    if into is not None and into not in wanted:
        require_new(partition, into)
    reached, edge = {wanted[0]}, [wanted[0]]
    while edge:
        near = set(partition.neighbours(edge.pop())) & set(wanted) - reached
        reached |= near
        edge.extend(near)
    if apart := [key for key in wanted if key not in reached]:
        raise refuse(NotNeighbours, "keys", [partition.polygon(key) for key in apart], keys=apart)
    areas = partition.areas_m2()
    name = into if into is not None else max(wanted, key=lambda key: (areas[key], key))
    return partition.renamed(dict.fromkeys(wanted, name))


def numbered(partition: Partition) -> tuple[str, ...]:
    """The keys in the order of their numbers: west to east, then north to south, by a point inside each grid."""
    inside = shapely.point_on_surface(np.array(list(partition.polygons().values()), dtype=object))
    x, y = shapely.get_coordinates(in_frame(inside, partition.frame)).T
    return tuple(partition.keys[i] for i in number_order(x, y).tolist())


def renumber(partition: Partition, names: Sequence[str] | Mapping[str, str]) -> Partition:
    """The same ground under other keys: names in the order of numbering, or a name for each key.

    Refuses unknown keys, as many names as there are not grids, and a name for two grids. Which codes are free is for
    the caller to know.
    """
    if not isinstance(names, Mapping):
        if len(names) != len(partition.keys):
            raise refuse(UnknownGrid, "names", None, f"{len(partition.keys)} names are needed.")
        names = dict(zip(numbered(partition), names, strict=True))
    require(partition, *names)
    after = [names.get(key, key) for key in partition.keys]
    if twice := sorted({name for name in after if after.count(name) > 1}):
        shown = [partition.polygon(key) for key in partition.keys if names.get(key, key) in twice]
        raise refuse(GridExists, "names", shown, keys=twice)
    return partition.renamed(names)


def require(partition: Partition, *keys: str) -> None:
    """Refuses keys of grids that are not there."""
    if unknown := sorted({key for key in keys if key not in partition.keys}):
        raise refuse(UnknownGrid, "key", None, f"There is no grid {', '.join(unknown)} in the community.", keys=unknown)


def require_new(partition: Partition, key: str) -> None:
    """Refuses the key of a grid that is there."""
    if key in partition.keys:
        raise refuse(GridExists, "new_key", partition.polygon(key), keys=[key])
