"""Staffing norms on the wire: the profiles with their rules, and what falls short of them."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.api import deps
from gridsvc.api.body import StrictRoute
from gridsvc.api.moments import BodyMoment
from gridsvc.api.once import Key, created
from gridsvc.people import norms
from gridsvc.people.norm_rules import Finding
from gridsvc.people.norms import Evaluation
from gridsvc.people.queries import norms as queries

router = APIRouter(prefix="/api/v1/norms", tags=["people"], route_class=StrictRoute)

Text = Annotated[str, Field(min_length=1, max_length=200)]
MOST_BREACHES = 5000


class ProfileOut(BaseModel):
    """A version of a profile; `basis` says where its numbers come from."""

    key: str
    version: int
    name_zh: str
    name_en: str
    basis: str
    rules: list[dict[str, Any]]
    since: datetime | None
    until: datetime | None


@router.get("", summary="Profiles of staffing norms")
def list_norms(
    at: deps.Moment,
    actor: deps.CurrentActor,
    session: deps.Reading,
    every_version: Annotated[bool, Query(description="Also what held before or will hold later.")] = False,
) -> list[ProfileOut]:
    """Profiles valid at a moment, with their rules and numbers."""
    actor.require("people.read")
    return [_profile(row) for row in queries.profiles(session, None if every_version else at)]


class ProfileIn(BaseModel):
    """Rules of a profile from a moment on; the versions before stay for the past."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "key": "example",
                "name_zh": "示例标准",
                "name_en": "Example",
                "basis": "示例",
                "rules": [{"kind": "posts_per_grid", "min": 1.0, "levels": [5]}],
            }
        },
    )

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    name_zh: Text
    name_en: Text
    basis: Annotated[str, Field(min_length=1, max_length=500)]
    rules: Annotated[list[dict[str, Any]], Field(max_length=norms.MOST_RULES)]
    since: BodyMoment | None = None


@router.post("", status_code=201, response_model=ProfileOut, summary="Change a profile of norms")
def add_norms(
    profile: ProfileIn, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
) -> Response:
    """A new profile, or the next version of one. Refused by rule and field."""

    def make() -> ProfileOut:
        now = deps.now()
        made = norms.add_version(
            session,
            actor,
            key=profile.key,
            names=(profile.name_zh, profile.name_en),
            basis=profile.basis,
            rules=profile.rules,
            since=profile.since or now,
            now=now,
        )
        return _profile(made)

    return created(session, actor=actor, route="norms", key=key, body=body, make=make)


class BreachOut(BaseModel):
    """What falls short: the numbers, a sentence in both languages, and the grids that the map shows of it."""

    profile: str
    version: int
    kind: str
    area_code: str
    station_code: str | None
    worker_number: str | None
    grid_codes: list[str]
    measured: float
    least: float | None
    most: float | None
    sentence_zh: str
    sentence_en: str


class RuleSummary(BaseModel):
    """How a rule fared: looked at, breached, and how often there was nothing to measure; `share` null: nothing."""

    profile: str
    version: int
    rule: dict[str, Any]
    looked_at: int
    breaches: int
    not_measurable: int
    share: float | None = Field(description="Breaches over what could be measured.")


class BreachesOut(BaseModel):
    """Every rule of the profiles valid at the moment, and each breach."""

    as_of: datetime
    area: str | None
    rules: list[RuleSummary]
    breaches: list[BreachOut]
    total: int


@router.get("/breaches", summary="What falls short of the norms")
def norm_breaches(
    at: deps.Moment,
    actor: deps.CurrentActor,
    session: deps.Reading,
    config: deps.Config,
    area: Annotated[str | None, Query(pattern=r"^[0-9]{12}$")] = None,
    profile: Annotated[str | None, Query(pattern=r"^[a-z][a-z0-9_]{0,39}$")] = None,
) -> BreachesOut:
    """At a moment, in what one may see of an area; at most 5,000 are listed, `total` says how many there are."""
    made = norms.evaluate(session, actor, at=at, timezone=config.city_timezone, area_code=area, key=profile)
    breaches = [_breach(one, finding) for one in made for finding in one.breaches]
    summaries = [_summary(one) for one in made]
    return BreachesOut(as_of=at, area=area, rules=summaries, breaches=breaches[:MOST_BREACHES], total=len(breaches))


def _profile(row: Any) -> ProfileOut:
    return ProfileOut(
        key=row.key,
        version=row.version,
        name_zh=row.name_zh,
        name_en=row.name_en,
        basis=row.basis,
        rules=row.rules,
        since=row.valid.lower,
        until=row.valid.upper,
    )


def _summary(one: Evaluation) -> RuleSummary:
    unmeasured = sum(finding.measured is None for finding in one.findings)
    measured = len(one.findings) - unmeasured
    return RuleSummary(
        profile=one.profile.key,
        version=one.profile.version,
        rule=dict(one.rule),
        looked_at=len(one.findings),
        breaches=len(one.breaches),
        not_measurable=unmeasured,
        share=round(len(one.breaches) / measured, 4) if measured else None,
    )


def _breach(one: Evaluation, finding: Finding) -> BreachOut:
    return BreachOut(
        profile=one.profile.key,
        version=one.profile.version,
        kind=finding.kind,
        area_code=finding.area_code,
        station_code=finding.station_code,
        worker_number=finding.worker_number,
        grid_codes=list(finding.grid_codes),
        measured=finding.measured or 0.0,
        least=finding.least,
        most=finding.most,
        sentence_zh=finding.sentence("zh-CN"),
        sentence_en=finding.sentence("en"),
    )
