"""The city's own lists by name: what the key of a channel, a class or a kind of visit is called."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from gridsvc.api import deps
from gridsvc.incidents.queries import catalogue as incidents
from gridsvc.patrols.queries import reading as patrols
from gridsvc.people.queries import care

router = APIRouter(prefix="/api/v1/catalogue", tags=["catalogue"])

KINDS_OF_CARE = {False: "general", True: "sensitive"}


class Entry(BaseModel):
    """One entry of a list: its key, stable, and its name in both languages; `group` where the list has groups."""

    key: str
    name_zh: str
    name_en: str
    group: str | None = None


class CatalogueOut(BaseModel):
    """Every list; an entry no longer in use stays in it, because old records bear its key."""

    incident_categories: list[Entry]
    channels: list[Entry]
    visit_kinds: list[Entry]
    care_classes: list[Entry] = Field(description="Classes of people to be visited; their group: sensitive or general.")


@router.get("", summary="Names of the city's own classes and kinds")
def catalogue(actor: deps.CurrentActor, session: deps.Reading) -> CatalogueOut:
    """Classes and channels of incidents, kinds of visit and classes of care, in the city's order."""
    actor.require("map.read")
    return CatalogueOut(
        incident_categories=[
            Entry(key=row.key, name_zh=row.name_zh, name_en=row.name_en, group=row.kind)
            for row in incidents.categories(session)
        ],
        channels=[Entry(key=row.key, name_zh=row.name_zh, name_en=row.name_en) for row in incidents.channels(session)],
        visit_kinds=[
            Entry(key=row.key, name_zh=row.name_zh, name_en=row.name_en, group=row.group)
            for row in patrols.visit_kinds(session)
        ],
        care_classes=[
            Entry(key=row.code, name_zh=row.name_zh, name_en=row.name_en, group=KINDS_OF_CARE[row.sensitive])
            for row in care.classes(session)
        ],
    )
