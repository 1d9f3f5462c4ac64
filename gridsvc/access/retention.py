"""Forgetting in time: personal data past its period goes, kind by kind, and a row of the audit proves it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Engine

from gridsvc.access import audit
from gridsvc.access.audit import Origin, coming_from
from gridsvc.access.queries import retention as queries
from gridsvc.infra.db import unit_of_work
from gridsvc.infra.settings import Settings

BITE = 5_000
WHO = "retention"

# Kind of data -> the setting that says for how many days it is kept after its time.
PERIODS: Final[Mapping[str, str]] = {
    "positions": "position_kept_days",
    "photos": "photo_kept_days",
    "reporters": "reporter_kept_days",
    "people_visited": "former_kept_days",
    "workers": "former_kept_days",
    "team": "former_kept_days",
}


def kept_days(settings: Settings) -> dict[str, int]:
    """For how many days each kind of personal data is kept."""
    return {kind: int(getattr(settings, name)) for kind, name in PERIODS.items()}


def forget_in_time(engine: Engine, settings: Settings, *, now: datetime, bite: int = BITE) -> dict[str, int]:
    """Forget what is past its period and return how many rows of each kind; zeros are proof too.

    Each bite is a transaction of its own, so that nobody waits for it, and breaking off loses nothing.
    """
    counts = dict.fromkeys(PERIODS, 0)
    for kind, days in kept_days(settings).items():
        before = now - timedelta(days=days)
        while True:
            with unit_of_work(engine) as session:
                done = queries.forget(session, kind, before, bite)
            counts[kind] += done
            if done < bite:
                break
    detail = {"forgotten": counts, "kept_days": kept_days(settings)}
    with unit_of_work(engine) as session, coming_from(Origin(access="job")):
        audit.record(session, None, "retention.run", "retention", username=WHO, detail=detail)
    return counts
