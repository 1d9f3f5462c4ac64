"""Questions about a part of the city, on the wire: an area of the code tree or a grid, inside one's jurisdiction."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.errors import NotFound
from gridsvc.geography.queries import lookups
from gridsvc.patrols.where import Where


@dataclass(frozen=True)
class PartOfCity:
    """Which part of the city is asked about; all of one's jurisdiction when neither is given."""

    area: Annotated[
        str | None, Query(pattern=r"^[0-9]{12}$", description="Of a district, street or community: 12 digits.")
    ] = None
    grid: Annotated[str | None, Query(max_length=64, description="Of the grid, at the moment asked about.")] = None

    def where(self, session: Session, actor: Actor, at: datetime) -> Where:
        """This part, inside one's jurisdiction; NotFound for a grid that is not there."""
        whole = Where(actor.scope, self.area, sees_sensitive=actor.holds("care.read_sensitive"))
        if self.grid is None:
            return whole
        found = lookups.grid_card(session, self.grid, at) if "\0" not in self.grid else None
        if found is None or not actor.scope.covers(found.community_code, found.grid_id):
            raise NotFound
        return replace(whole, grid_id=found.grid_id)


Part = Annotated[PartOfCity, Depends()]
