"""What forgets personal data that has served its time: one statement a kind, in bounded bites."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import CursorResult, TextClause, text
from sqlalchemy.orm import Session

# Places where a visit was logged; the grid that was found by them stays.
_POSITIONS = """
    UPDATE visit SET raw_x = NULL, raw_y = NULL, raw_crs = NULL, accuracy_m = NULL, point = NULL
    WHERE id IN (
        SELECT id FROM visit WHERE (point IS NOT NULL OR raw_x IS NOT NULL)
            AND occurred_at < CAST(:before AS timestamptz) ORDER BY occurred_at LIMIT :most
    )
"""
# The sweep of photos removes the files that no visit shows any more.
_PHOTOS = """
    DELETE FROM visit_photo WHERE (visit_id, photo_hash) IN (
        SELECT shown.visit_id, shown.photo_hash FROM visit_photo shown JOIN visit ON visit.id = shown.visit_id
        WHERE visit.occurred_at < CAST(:before AS timestamptz) LIMIT :most
    )
"""
_REPORTERS = """
    UPDATE incident SET reporter_name = NULL, reporter_phone = NULL
    WHERE id IN (
        SELECT id FROM incident WHERE closed_at < CAST(:before AS timestamptz)
            AND (reporter_name IS NOT NULL OR reporter_phone IS NOT NULL) LIMIT :most
    )
"""
_SUBJECTS = """
    UPDATE care_subject SET name = '-', phone = NULL, id_number = NULL
    WHERE id IN (
        SELECT id FROM care_subject WHERE upper(registered) < CAST(:before AS timestamptz)
            AND (name <> '-' OR phone IS NOT NULL OR id_number IS NOT NULL) LIMIT :most
    )
"""
# Who answered when stays explainable, so the names of workers stay; how to reach them does not.
_WORKERS = """
    UPDATE worker SET phone = NULL
    WHERE id IN (
        SELECT id FROM worker WHERE left_at < CAST(:before AS timestamptz) AND phone IS NOT NULL LIMIT :most
    )
"""
_TEAM = """
    UPDATE team_member SET name = '-', phone = NULL
    WHERE id IN (
        SELECT id FROM team_member WHERE worker_id IS NULL AND upper(valid) < CAST(:before AS timestamptz)
            AND (name <> '-' OR phone IS NOT NULL) LIMIT :most
    )
"""
STATEMENTS: Final[Mapping[str, TextClause]] = {
    "positions": text(_POSITIONS),
    "photos": text(_PHOTOS),
    "reporters": text(_REPORTERS),
    "people_visited": text(_SUBJECTS),
    "workers": text(_WORKERS),
    "team": text(_TEAM),
}


def forget(session: Session, kind: str, before: datetime, most: int) -> int:
    """Forget at most so much of one kind that is older than a moment; returns how many rows."""
    done = session.execute(STATEMENTS[kind], {"before": before, "most": most})
    assert isinstance(done, CursorResult)
    return done.rowcount
