"""The folium maps put together from what the service knows: for the running service, or as one file for a disk."""

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import Scope
from gridsvc.core.errors import NotFound
from gridsvc.dashboard import documents, pages, queries
from gridsvc.dashboard.points import point_columns
from gridsvc.dashboard.status import Rules, city_status
from gridsvc.geography.locating import CurrentNet, current_net
from gridsvc.geography.queries import lookups
from gridsvc.incidents.queries.catalogue import categories

MapName = Literal["coverage", "patrol"]
DRAW: Mapping[MapName, Callable[..., str]] = {"coverage": pages.coverage_map, "patrol": pages.patrol_map}


@dataclass(frozen=True, kw_only=True)
class MapRequest:
    """Which map, of which moment, for whom, in which language."""

    name: MapName
    at: datetime
    scope: Scope
    rules: Rules
    locale: str
    tile_url: str | None
    shows_incidents: bool = True


def served_map(session: Session, asked: MapRequest, *, addresses: Mapping[str, str | None], nonce: str) -> str:
    """A page for the running service: a browser fetches documents from `addresses` (grids, areas, backdrop, …)."""
    net = _net(session, asked.at)
    page = _page(session, asked, net, addresses)
    return DRAW[asked.name](page, nonce=nonce)


def exported_map(session: Session, asked: MapRequest, *, folder: Path) -> str:
    """One file that holds everything and opens from a disk; documents are kept in `folder`."""
    net = _net(session, asked.at)
    names = documents.names_at(session, asked.at, net)
    held: dict[str, Any] = {}
    for kind, name in (("grids", str(net.id)), ("areas", names.areas), ("backdrop", names.backdrop)):
        packed = documents.document(session, folder, kind, name, "gzip", at=asked.at)  # type: ignore[arg-type]
        held[kind] = json.loads(gzip.decompress(packed))
    held["status"] = city_status(session, asked.at, scope=asked.scope, rules=asked.rules)
    held["incidents"] = point_columns(session, asked.at, asked.scope) if asked.shows_incidents else None
    held["catalogue"] = {"incident_categories": _class_names(session)}
    return DRAW[asked.name](_page(session, asked, net, held), self_contained=True)


def _class_names(session: Session) -> list[dict[str, str]]:
    return [{"key": row.key, "name_zh": row.name_zh, "name_en": row.name_en} for row in categories(session)]


def _net(session: Session, at: datetime) -> CurrentNet:
    net = current_net(session, at)
    if net is None:
        raise NotFound("There is no net of grids at that moment yet.")
    return net


def _page(session: Session, asked: MapRequest, net: CurrentNet, sources: Mapping[str, Any]) -> pages.MapPage:
    city = queries.city(session, asked.at)
    return pages.MapPage(
        grids=sources["grids"],
        areas=sources["areas"],
        backdrop=sources["backdrop"],
        status=sources["status"],
        incidents=sources["incidents"] if asked.shows_incidents else None,
        moment=asked.at,
        city_name=city.name if city else "",
        locale=asked.locale,
        zone=asked.rules.timezone,
        synthetic=queries.holds_synthetic(session, asked.at),
        omitted=[row.name for row in lookups.areas_without_outline(session, asked.at)],
        tile_url=asked.tile_url,
        catalogue=sources.get("catalogue") if asked.shows_incidents else None,
    )
