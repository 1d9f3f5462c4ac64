"""One community as it is drawn in a plan: its partition, and what is known of each grid. A value that can be stored."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from uuid import UUID

from shapely.geometry.base import BaseGeometry

from gridsvc.core.linework import Arc
from gridsvc.core.metric import Geometries
from gridsvc.core.partition import Partition
from gridsvc.geography.redrawn import LivingGrid
from gridsvc.geography.shapes import as_multi, as_shapes

COMPRESSION = 6


@dataclass(frozen=True)
class Note:
    """What a drawn grid is apart from its shape; see `gridsvc.plans.tables.PlanGrid`."""

    grid_id: UUID | None = None
    kind: str = "basic"
    name: str = ""
    code: str | None = None
    decided: bool = False
    fresh_code: bool = False


@dataclass(frozen=True)
class Drawing:
    """The grids of one community by key. Keys of grids that were there are their codes; new ones have a number.

    `identities` are the grids of the base net by their codes. `next_number` is the number of the next new grid, so that
    a key never means two grids in one plan.
    """

    community_code: str
    partition: Partition
    notes: Mapping[str, Note] = field(default_factory=dict)
    identities: Mapping[str, UUID] = field(default_factory=dict)
    next_number: int = 1

    @classmethod
    def of_living(cls, community_code: str, outline: BaseGeometry, living: list[LivingGrid]) -> "Drawing":
        """The community as its grids are now. Raises NotAPartition when they do not tile it."""
        partition = Partition.from_polygons(outline, {grid.code: grid.shape for grid in living})
        notes = {grid.code: Note(grid.grid_id, grid.kind, grid.name) for grid in living}
        return cls(community_code, partition, notes, {grid.code: grid.grid_id for grid in living})

    def unlike(self, other: "Drawing") -> tuple[str, ...]:
        """The grids that the other drawing has not got, or has with another shape, name, kind or identity."""
        mine, theirs = self.partition.polygons(), other.partition.polygons()
        return tuple(
            key
            for key in mine
            if key not in theirs
            or self.notes[key] != other.notes[key]
            or mine[key].normalize() != theirs[key].normalize()  # rings of one shape may begin with another vertex
        )

    @classmethod
    def decoded(cls, community_code: str, state: bytes) -> "Drawing":
        """What `encoded` wrote."""
        told = json.loads(zlib.decompress(state))
        arcs = tuple(
            Arc(tuple(zip(flat[0::2], flat[1::2], strict=True)), left, right) for left, right, flat in told["arcs"]
        )
        notes = {
            key: Note(**note | {"grid_id": UUID(note["grid_id"]) if note["grid_id"] else None})
            for key, note in told["notes"].items()
        }
        identities = {code: UUID(grid_id) for code, grid_id in told["identities"].items()}
        return cls(community_code, Partition(arcs), notes, identities, told["next_number"])

    def encoded(self) -> bytes:
        """The drawing as bytes: every border line once, as steps of the lattice."""
        arcs = [(arc.left, arc.right, [step for point in arc.points for step in point]) for arc in self._arcs]
        notes = {
            key: asdict(note) | {"grid_id": str(note.grid_id) if note.grid_id else None}
            for key, note in sorted(self.notes.items())
        }
        identities = {code: str(grid_id) for code, grid_id in sorted(self.identities.items())}
        told = {"arcs": arcs, "notes": notes, "identities": identities, "next_number": self.next_number}
        return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), COMPRESSION)

    @property
    def _arcs(self) -> tuple[Arc, ...]:
        return self.partition.border_lines

    @cached_property
    def shapes(self) -> Geometries:
        """The grids as multipolygons in order of their keys: the same array whenever it is asked for."""
        return as_multi(as_shapes(list(self.partition.polygons().values())))

    @property
    def next_key(self) -> str:
        """The key of the next new grid."""
        return f"{self.community_code}+{self.next_number}"

    def redrawn(self, partition: Partition, new: Mapping[str, Note] | None = None) -> "Drawing":
        """The drawing with other borders. Grids that are gone lose their notes; `new` are notes of new keys."""
        notes = {key: (dict(self.notes) | dict(new or {})).get(key, Note()) for key in partition.keys}
        numbers = [int(key.rpartition("+")[2]) for key in partition.keys if key.startswith(f"{self.community_code}+")]
        return replace(
            self, partition=partition, notes=notes, next_number=max([self.next_number, *(n + 1 for n in numbers)])
        )

    def noted(self, key: str, **changes: object) -> "Drawing":
        """The drawing with other notes on one grid."""
        return replace(self, notes=dict(self.notes) | {key: replace(self.notes[key], **changes)})  # type: ignore[arg-type]
