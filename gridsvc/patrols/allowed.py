"""What the city lets be added to visits: whatever it does not is left out of what comes in, and the visit counts.

A phone that has not heard of the change yet must not lose a visit by it, so no visit is refused for it.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from gridsvc.access.policy import is_done_here
from gridsvc.core.errors import Conflict
from gridsvc.geography.declared import DeclaredPoint
from gridsvc.geography.locating import locate
from gridsvc.infra.settings import get_settings
from gridsvc.patrols.logged import VisitReport


class NotDoneHere(Conflict):
    """This city does not do that to its workers; nothing was stored."""

    code = "not_done_here"


def refuse_photos(session: Session) -> None:
    """Raise NotDoneHere where photos are not added to visits."""
    if not is_done_here(session, "photo"):
        raise NotDoneHere("Photos are not added to visits in this city; send the visit without.")


def within_policy(
    session: Session, report: VisitReport, point: DeclaredPoint | None, at: datetime
) -> tuple[VisitReport, DeclaredPoint | None]:
    """The report without what the city does not let be added; a position then only says which grid it was in.

    The place of a door that is missing or moved is the door's and not the worker's, and is kept.
    """
    if report.photos and not is_done_here(session, "photo"):
        report = replace(report, photos=())
    is_of_door = report.register is not None and report.register.kind in ("missing", "moved")
    if point is None or is_of_door or is_done_here(session, "position"):
        return report, point
    if not (report.grid_code or report.door_code or report.subject_id):
        place = locate(session, point.x, point.y, at=at, band_m=get_settings().border_band_m)
        report = replace(report, grid_code=place.code if place else None)
    return replace(report, x=None, y=None, crs=None, accuracy_m=None), None
