"""Settings that a city may change while the service runs: which they are, how they are kept, who follows them.

The environment gives every setting its value; a row of the database holds what the city wants otherwise. What guards
the service (addresses, logins, how long the audit is kept) is not among them and stays with the machine.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from gridsvc.infra.db import ReadSession, reading
from gridsvc.infra.settings import Settings, follow_city
from gridsvc.infra.tables import CitySettings

# The only row.
ROW: Final = 1
WEIGHTS = r"^[a-z_]+=[0-9]+(\.[0-9]+)?(,[a-z_]+=[0-9]+(\.[0-9]+)?)*$"
# The part before the first place stands in the content policy: nothing but an address may get there.
TILES = r"^(https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?)?/[A-Za-z0-9._/-]*\{[xyz]\}[A-Za-z0-9._/{}-]*$"


class CityValues(BaseModel):
    """The settings that may change at run time; null: as the environment has it."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, json_schema_extra={"example": {"visit_cycle_days": 21}}
    )

    visit_cycle_days: Annotated[float, Field(ge=1, le=366, allow_inf_nan=False)] | None = None
    due_soon_share: Annotated[float, Field(ge=0.05, le=0.95, allow_inf_nan=False)] | None = None
    border_band_m: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] | None = None
    plan_least_households: Annotated[int, Field(ge=0, le=100_000)] | None = None
    plan_most_households: Annotated[int, Field(ge=1, le=100_000)] | None = None
    plan_workload_weights: Annotated[str, Field(max_length=500, pattern=WEIGHTS)] | None = None
    leave_cover_rule: Literal["backup", "backup_then_neighbour"] | None = None
    tile_url: Annotated[str, Field(max_length=300, pattern=TILES)] | None = None

    @field_validator("tile_url")
    @classmethod
    def _every_tile(cls, value: str | None) -> str | None:
        if value is not None and not all(value.count(place) == 1 for place in ("{z}", "{x}", "{y}")):
            raise ValueError("the address needs {z}, {x} and {y}, each once")
        return value


NAMES: Final = tuple(CityValues.model_fields)


def stored(session: Session | ReadSession) -> CitySettings:
    """What the city wants otherwise, with its revision."""
    return session.scalars(select(CitySettings).where(CitySettings.id == ROW)).one()


def stored_for_change(session: Session) -> CitySettings:
    """The same; whoever else wants to change it waits for the end of this transaction."""
    return session.scalars(select(CitySettings).where(CitySettings.id == ROW).with_for_update()).one()


def store(session: Session, row: CitySettings, values: Mapping[str, Any], *, now: datetime) -> None:
    """Replace what is kept, and count the revision on."""
    row.values_set = dict(values)
    row.revision += 1
    row.changed_at = now
    session.flush()


def overlaid(given: Settings, values: Mapping[str, Any]) -> Settings:
    """The settings as given, with what the city wants otherwise; names that this version does not know are left out."""
    return given.model_copy(update={name: values[name] for name in NAMES if name in values})


def follow(engine: Engine) -> None:
    """Let this process go by what the city wants now; for commands and jobs, which live for a short while."""
    with reading(engine) as session:
        follow_city({name: value for name, value in stored(session).values_set.items() if name in NAMES})
