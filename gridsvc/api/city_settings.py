"""Settings that may change at run time on the wire: each with its value, where it comes from and its bounds."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import event

from gridsvc.access import city_settings
from gridsvc.api import deps
from gridsvc.api.body import StrictRoute
from gridsvc.api.etags import Expectation, tag
from gridsvc.core.errors import InvalidInput
from gridsvc.infra.runtime_settings import NAMES, CityValues, overlaid
from gridsvc.infra.settings import Settings
from gridsvc.infra.tables import CitySettings

router = APIRouter(prefix="/api/v1/settings", tags=["settings"], route_class=StrictRoute)

Value = float | int | str | None
Wanted = Annotated[CityValues, Body(description="Only what is named changes.")]

ONE: dict[str, Any] = {
    "name": "visit_cycle_days",
    "kind": "number",
    "value": 21,
    "given": 30,
    "is_set": True,
    "minimum": 1,
    "maximum": 366,
    "choices": [],
}


class SettingItem(BaseModel):
    """A setting. `value` is in force; `given` is the environment's, in force again once the city sets nothing."""

    model_config = ConfigDict(json_schema_extra={"example": ONE})

    name: str
    kind: Literal["number", "integer", "text", "choice"]
    value: Value
    given: Value
    is_set: bool
    minimum: float | None = None
    maximum: float | None = None
    choices: list[str] = Field(default_factory=list)


class SettingList(BaseModel):
    """Every setting that may change at run time."""

    items: list[SettingItem]
    changed_at: datetime | None
    revision: int


@router.get("", summary="Settings that may change at run time")
def read_settings(
    response: Response, actor: deps.CurrentActor, session: deps.Reading, held: deps.AppState
) -> SettingList:
    """With the bounds of each; the others are the machine's (`docs/settings.md`)."""
    return _shown(response, city_settings.read_settings(session, actor), held.given)


@router.patch("", summary="Change settings at run time")
def change_settings(
    wanted: Wanted,
    expected: Expectation,
    response: Response,
    actor: deps.CurrentActor,
    session: deps.Writing,
    held: deps.AppState,
) -> SettingList:
    """In force for every request that comes after the answer. null takes a setting back to the environment's value."""
    changes = wanted.model_dump(include=wanted.model_fields_set)
    if not changes:
        raise InvalidInput("Nothing is to be changed.")
    row = city_settings.change_settings(session, actor, changes, expected, given=held.given, now=deps.now())
    values, revision = dict(row.values_set), row.revision
    event.listen(session, "after_commit", lambda _: held.take_up(values, revision), once=True)
    return _shown(response, row, held.given)


def _shown(response: Response, row: CitySettings, given: Settings) -> SettingList:
    tag(response, row.revision)
    now = overlaid(given, row.values_set)
    shapes = CityValues.model_json_schema()["properties"]
    items = [
        SettingItem(
            name=name,
            value=getattr(now, name),
            given=getattr(given, name),
            is_set=name in row.values_set,
            **_bounds(shapes[name]["anyOf"][0]),
        )
        for name in NAMES
    ]
    return SettingList(items=items, changed_at=row.changed_at, revision=row.revision)


def _bounds(shape: dict[str, Any]) -> dict[str, Any]:
    """What the schema of a setting says about its kind and bounds."""
    if "enum" in shape:
        return {"kind": "choice", "choices": shape["enum"]}
    kind = "text" if shape["type"] == "string" else shape["type"]
    return {"kind": kind, "minimum": shape.get("minimum"), "maximum": shape.get("maximum")}
