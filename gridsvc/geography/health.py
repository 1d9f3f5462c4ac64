"""The health report of a net: every place where the grids of a moment do not tile their communities, as features."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from gridsvc.core import geojson
from gridsvc.core.coverage import GridPiece, Names, coverage_report
from gridsvc.core.findings import Finding, FindingKind
from gridsvc.geography.gate import BASE_NET
from gridsvc.geography.queries import nets, registers
from gridsvc.geography.shapes import from_wkb


@dataclass(frozen=True)
class HealthReport:
    """What was checked, and what was found; `findings` are about grids, `block_findings` are advice about blocks."""

    at: datetime
    grids: int
    communities: int
    communities_without_grids: tuple[str, ...]
    findings: tuple[Finding, ...]
    block_findings: tuple[Finding, ...] = ()

    @property
    def faults(self) -> int:
        """How many findings would keep a net from being published."""
        return sum(finding.is_fault for finding in self.findings)

    @property
    def is_healthy(self) -> bool:
        return not self.faults

    @property
    def summary(self) -> dict[str, Any]:
        """The figures of the report as plain values."""
        kinds = {kind.value: 0 for kind in FindingKind}
        for finding in self.findings:
            kinds[finding.kind.value] += 1
        return {
            "at": self.at.isoformat(),
            "grids": self.grids,
            "communities": self.communities,
            "communities_without_grids": list(self.communities_without_grids),
            "faults": self.faults,
            "findings": kinds,
            "block_findings": len(self.block_findings),
        }

    def feature_collection(self) -> dict[str, Any]:
        """The findings as GeoJSON features with kind and size, and the figures as the member `summary`."""
        features = [_feature(finding, "grid") for finding in self.findings]
        features += [_feature(finding, "block") for finding in self.block_findings]
        return geojson.feature_collection(features, summary=self.summary)


def check_net(session: Session, *, at: datetime, net_key: str = BASE_NET, with_blocks: bool = False) -> HealthReport:
    """Checks the grids of a net at a moment against the communities of that moment.

    Communities without any grid are listed, not held against the net: villages have none. `with_blocks` also checks
    whether the blocks of each community tile it; that is advice, since a net can stand without blocks.
    """
    registers.expect_long_work(session)
    rows = registers.community_shapes(session, at)
    outlines = dict(zip([row.code for row in rows], from_wkb([row.wkb for row in rows]).tolist(), strict=True))
    drawn = {code: outline for code, outline in outlines.items() if outline is not None}
    grids = _pieces(nets.grid_shapes(session, at, net_key))
    blocks = _pieces(registers.block_pieces(session)) if with_blocks else []
    with_grids = {grid.community_code for grid in grids}
    return HealthReport(
        at=at,
        grids=len(grids),
        communities=len(with_grids),
        communities_without_grids=tuple(code for code in outlines if code not in with_grids),
        findings=coverage_report(drawn, grids),
        block_findings=coverage_report(drawn, blocks, Names(piece="block")) if blocks else (),
    )


def _pieces(rows: Sequence[Any]) -> list[GridPiece]:
    shapes = from_wkb([row.wkb for row in rows]) if rows else np.empty(0, dtype=object)
    return [GridPiece(row.code, row.community_code, shape) for row, shape in zip(rows, shapes, strict=True)]


def _feature(finding: Finding, about: str) -> Mapping[str, Any]:
    made = finding.feature()
    return made | {"properties": made["properties"] | {"about": about}}
