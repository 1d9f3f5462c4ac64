"""What phones bring when they have signal again: many visits in one message, each stored whole or refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.errors import Conflict, GridsvcError, InvalidInput
from gridsvc.geography.gate import shared_gate
from gridsvc.infra.events import announce
from gridsvc.patrols.logged import VisitReport
from gridsvc.patrols.visits import VisitReceipt, store_visit
from gridsvc.people.contact import heard_from

MOST_ITEMS = 50


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What became of one visit: a receipt, or the refusal by which the phone knows what to show the worker."""

    client_id: UUID
    receipt: VisitReceipt | None = None
    refusal: GridsvcError | None = None


def record_batch(
    session: Session, reports: Sequence[VisitReport], *, worker_id: UUID, actor: Actor
) -> list[ItemResult]:
    """Store visits of the worker in the order of their making, so that a correction finds what it corrects.

    The results come in the order given. A refused visit leaves nothing behind and does not keep the others; a visit
    sent before gives its first receipt. Needs a READ COMMITTED session.
    """
    actor = actor.by("visits.create")
    received_at = shared_gate(session).asked_at
    heard_from(session, worker_id, received_at)
    results: dict[int, ItemResult] = {}
    for place in _in_order(reports):
        report = reports[place]
        try:
            with session.begin_nested():
                receipt = store_visit(session, report, worker_id=worker_id, actor=actor, received_at=received_at)
            results[place] = ItemResult(report.client_id, receipt)
        except GridsvcError as refusal:
            results[place] = ItemResult(report.client_id, refusal=refusal)
        except DataError:
            results[place] = ItemResult(report.client_id, refusal=InvalidInput("A value cannot be stored."))
        except IntegrityError:
            contradiction = Conflict("This contradicts what is already stored; nothing was changed.")
            results[place] = ItemResult(report.client_id, refusal=contradiction)
    fresh = [one.receipt for one in results.values() if one.receipt is not None and not one.receipt.repeated]
    for code in sorted({receipt.grid_code or "" for receipt in fresh}):
        announce(session, "visit", code or None)
    return [results[place] for place in range(len(reports))]


def _in_order(reports: Sequence[VisitReport]) -> list[int]:
    """The places of the reports, corrections after all others."""
    return sorted(range(len(reports)), key=lambda place: (reports[place].corrects is not None, place))
