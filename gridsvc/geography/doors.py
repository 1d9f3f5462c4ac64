"""Registering doors: household addresses with a position, each in a block."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sqlalchemy.orm import Session

from gridsvc.core import datum
from gridsvc.geography.faults import MAX_CODE_LENGTH, FaultList, is_plain_text
from gridsvc.geography.grouping import NOWHERE, first_covering
from gridsvc.geography.queries import registers
from gridsvc.geography.shapes import check_degrees, from_wkb, points_to_ewkb
from gridsvc.geography.tables import Door
from gridsvc.infra.copying import Same, copy_columns, fresh_ids, range_from


@dataclass(frozen=True)
class DoorBatch:
    """Doors to register, as columns of equal length; x and y are degrees (WGS 84)."""

    codes: Sequence[str]
    addresses: Sequence[str]
    x: ArrayLike
    y: ArrayLike
    block_codes: Sequence[str] | None = None
    synthetic: bool = False


def register_doors(session: Session, batch: DoorBatch, *, registered_from: datetime) -> int:
    """Adds the doors, registered from a moment on; returns their number.

    Without block codes the block is found by position; on a border between blocks the one with the smallest code has
    the door. Faults are told at once by feature number and nothing is stored: a code that is missing, comes twice or is
    registered already, a missing address, a position off the globe or in no block, an unknown block.
    """
    registers.expect_long_work(session)
    faults = FaultList()
    x, y = datum.to_grid(batch.x), datum.to_grid(batch.y)
    _check_words(batch, faults)
    faults.check_codes(list(batch.codes), registers.taken_codes(session, Door, batch.codes))
    check_degrees(x, y, faults)
    faults.refuse()
    blocks = _named_blocks(session, batch.block_codes, faults) if batch.block_codes else _found_blocks(session, x, y)
    for index, block in enumerate(blocks):
        if block is None:
            faults.add(index, "no_block", "the door lies in no registered block")
    faults.refuse()
    return copy_columns(
        session,
        "door",
        {
            "id": fresh_ids(len(batch.codes)),
            "code": batch.codes,
            "block_id": blocks,
            "address": batch.addresses,
            "point": points_to_ewkb(x, y),
            "registered": Same(range_from(registered_from)),
            "synthetic": Same(batch.synthetic),
        },
    )


def _check_words(batch: DoorBatch, faults: FaultList) -> None:
    for index, (code, address) in enumerate(zip(batch.codes, batch.addresses, strict=True)):
        # Hundreds of thousands of rows: the full check only where something looks wrong.
        if not (code and address and len(code) <= MAX_CODE_LENGTH and len(address) <= 200 and is_plain_text(address)):
            faults.check_text(index, "the code", code, longest=MAX_CODE_LENGTH)
            faults.check_text(index, "the address", address, longest=200)


def _named_blocks(session: Session, codes: Sequence[str], faults: FaultList) -> list[str | None]:
    known: Mapping[str, UUID] = registers.block_ids(session, sorted(set(codes)))
    texts = {code: str(block) for code, block in known.items()}
    for index, code in enumerate(codes):
        if code not in texts:
            faults.add(index, "unknown_block", f"the block {code} is not registered")
    faults.refuse()
    return [texts[code] for code in codes]


def _found_blocks(session: Session, x: NDArray[np.float64], y: NDArray[np.float64]) -> list[str | None]:
    """The id of the block each point lies in, or None; rows come in order of their codes, so the first one wins."""
    if not len(x):
        return []
    box = (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
    rows = registers.block_shapes(session, box)
    if not rows:
        return [None] * len(x)
    winner = first_covering(from_wkb([row.wkb for row in rows]), x, y)
    ids = [str(row.id) for row in rows]
    return [None if place == NOWHERE else ids[place] for place in winner.tolist()]
