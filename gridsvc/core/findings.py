"""Findings of the coverage check: what is wrong, where, how large, and whose it is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shapely.geometry.base import BaseGeometry

from gridsvc.core import geojson


class FindingKind(StrEnum):
    """What may be wrong with a coverage, the gravest first."""

    INVALID_RING = "invalid_ring"  # not a valid polygon; left out of all other checks
    UNKNOWN_COMMUNITY = "unknown_community"
    OVERLAP = "overlap"
    GAP = "gap"
    OUTSIDE_COMMUNITY = "outside_community"
    UNMATCHED_BORDER = "unmatched_border"  # neighbours meet, but not vertex by vertex; also slivers of mere rounding
    MULTIPART = "multipart"  # advice only: an enclave may be meant


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a coverage, drawn in WGS 84 degrees.

    `size_m2` is the area of an area, `size_m` the length of a line or sliver, both 0 for a point. `codes` are the
    grids it touches, `community_codes` their communities (or the names of whatever tiles whatever).
    """

    kind: FindingKind
    geometry: BaseGeometry
    size_m2: float
    size_m: float
    codes: tuple[str, ...]
    community_codes: tuple[str, ...]
    message: str

    @property
    def is_fault(self) -> bool:
        """Whether a net with this finding may not be published; False for advice."""
        return self.kind is not FindingKind.MULTIPART

    def feature(self) -> dict[str, Any]:
        """The finding as a GeoJSON Feature with kind, size, codes and message."""
        properties = {
            "kind": self.kind.value,
            "size_m2": round(self.size_m2, 4),
            "size_m": round(self.size_m, 3),
            "codes": list(self.codes),
            "community_codes": list(self.community_codes),
            "is_fault": self.is_fault,
            "message": self.message,
        }
        return geojson.feature(None if self.geometry.is_empty else self.geometry, properties)
