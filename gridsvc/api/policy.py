"""The policy profile on the wire: what is done to workers and what never, and how long data about people is kept."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from gridsvc.access import policy, retention
from gridsvc.api import deps
from gridsvc.api.body import StrictRoute
from gridsvc.api.patrols import NamesOut
from gridsvc.infra.settings import Settings

router = APIRouter(prefix="/api/v1/policy", tags=["policy"], route_class=StrictRoute)


class RuleOut(BaseModel):
    """A line of the profile. What is `never` or `always` done cannot be switched by anybody."""

    key: str
    kind: str = Field(json_schema_extra={"enum": ["never", "always", "choice"]})
    is_on: bool
    name: NamesOut
    about: NamesOut
    reason: str | None = Field(description="Why the city set it so.")
    set_at: datetime | None


class KeptOut(BaseModel):
    """How long a kind of personal data is kept after its time (docs/privacy.md)."""

    kind: str
    days: int


class PolicyOut(BaseModel):
    """The profile of this city, as its workers see it."""

    rules: list[RuleOut]
    kept: list[KeptOut]


@router.get("", summary="What is done to workers here, and what never")
def get_policy(actor: deps.CurrentActor, session: deps.Reading, config: deps.Config) -> PolicyOut:
    """For everybody with a login."""
    return _policy(session, config)


class SwitchIn(BaseModel):
    """On or off, and why; the workers see the reason."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"is_on": False, "reason": "按市级规定"}})

    is_on: Annotated[bool, Field(strict=True)]
    reason: Annotated[str, Field(min_length=1, max_length=500)]


Key = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,62}$", examples=["position"])]


@router.put("/{key}", summary="Switch a line of the profile")
def set_policy(
    key: Key, wanted: SwitchIn, actor: deps.CurrentActor, session: deps.Writing, config: deps.Config
) -> PolicyOut:
    """Check-ins, rankings, online time and tracks are never switched on."""
    policy.switch(session, actor, key, is_on=wanted.is_on, reason=wanted.reason, now=deps.now())
    return _policy(session, config)


def _policy(session: Session, config: Settings) -> PolicyOut:
    rules = [
        RuleOut(
            key=row.key,
            kind=row.kind,
            is_on=row.is_on,
            name=NamesOut(zh=row.name_zh, en=row.name_en),
            about=NamesOut(zh=row.about_zh, en=row.about_en),
            reason=row.reason,
            set_at=row.set_at,
        )
        for row in policy.profile(session)
    ]
    kept = [KeptOut(kind=kind, days=days) for kind, days in retention.kept_days(config).items()]
    return PolicyOut(rules=rules, kept=kept)
