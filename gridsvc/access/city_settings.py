"""Reading and changing the settings that may change at run time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.access.reach import reach_of
from gridsvc.core.errors import Fault, InvalidInput
from gridsvc.core.revisions import Expected
from gridsvc.infra import runtime_settings
from gridsvc.infra.db import ReadSession
from gridsvc.infra.settings import Settings
from gridsvc.infra.tables import CitySettings


def read_settings(session: ReadSession, actor: Actor) -> CitySettings:
    """What the city wants otherwise than the environment says."""
    actor.require("settings.read")
    return runtime_settings.stored(session)


def change_settings(
    session: Session, actor: Actor, changes: Mapping[str, Any], expected: Expected, *, given: Settings, now: datetime
) -> CitySettings:
    """Set what is named; None goes back to what the environment says. Only for who may do so over the whole city.

    Raises Stale on another revision, InvalidInput when sizes of grids would contradict each other.
    """
    reach_of(session, actor, "settings.edit", now).require_everything()
    row = runtime_settings.stored_for_change(session)
    before = dict(row.values_set)
    expected.check(row.revision, changed=before)
    after = {name: value for name, value in (before | dict(changes)).items() if value is not None}
    _check_fit(runtime_settings.overlaid(given, after))
    runtime_settings.store(session, row, after, now=now)
    detail = {name: {"from": before.get(name), "to": after.get(name)} for name in sorted(changes)}
    audit.record(session, actor, "settings.edit", "settings", detail=detail)
    return row


def _check_fit(wanted: Settings) -> None:
    if wanted.plan_least_households > wanted.plan_most_households:
        text = "The least number of households of a grid is above the largest."
        raise InvalidInput(faults=[Fault("body.plan_least_households", "contradiction", text)])
