"""What an actor may see, as the database's row security takes it, and which tables it leaves alone and why."""

from gridsvc.access.identity import Actor
from gridsvc.infra.sight import Sight

# Every other table is under row security; a test holds this list and the database together.
OPEN = {
    "alembic_version": "the number of the schema",
    "account": "managed by node of the management tree, which `access.reach` filters; areas do not say it",
    "grant_": "like account",
    "api_token": "like account",
    "management_delegation": "the management tree is for everybody",
    "management_node": "the management tree is for everybody",
    "role": "catalogue",
    "role_permission": "catalogue",
    "area": "the map is for everybody",
    "block": "the map is for everybody; counts of blocks name nobody",
    "line": "the map is for everybody",
    "net": "the map is for everybody",
    "net_version": "the map is for everybody",
    "grid": "the map is for everybody",
    "grid_code": "the map is for everybody",
    "grid_version": "the map is for everybody; without row security its spatial index serves every reader",
    "routing": "which grid a report was given to names nobody; counts by grid are on the map for everybody",
    "code_scheme": "catalogue",
    "channel": "catalogue",
    "category": "catalogue",
    "visit_kind": "catalogue",
    "care_class": "catalogue",
    "service_line": "catalogue",
    "team_role": "catalogue",
    "norm_profile": "catalogue",
    "station": "a public place with its address; who works there is guarded",
    "visit_norm": "catalogue",
    "city_settings": "settings of the service that every reader goes by",
    "policy": "what is done to workers and what not is for everybody to see",
    "city_day": "counts of the whole city by day",
    "approval_step": "catalogue",
    "lineage": "the map is for everybody, its past too",
}
# No reader's role has any right to these columns of open tables.
CLOSED_COLUMNS = {"account": {"password_hash"}, "api_token": {"token_hash"}}
# Nor to these tables.
CLOSED = {
    "session_token": "logins are looked up, and listed to their owner, by the service alone",
    "audit_seal": "hashes, made by a job and compared by a command",
    "login_failure": "logins are looked up by the service alone",
    "idempotency": "answers already given, looked up by the service with their sender's key",
    "grid_opening": "rows of a plan made ready for its publication, which the service alone takes over",
    "grid_closing": "like grid_opening",
    "plan_share": "like grid_opening",
}
# Readers of the whole city alone.
CITY_ONLY = {"audit": "the audit speaks of the whole city and is read by who may see all of it"}


def sight_of(actor: Actor) -> Sight:
    """The rows an actor may see at most. What they may do with them, their permissions say."""
    scope = actor.scope
    return Sight(
        city_wide=scope.city_wide,
        communities=scope.community_codes,
        counties=scope.county_codes,
        grids=scope.grid_ids,
        worker=scope.worker_id,
        sensitive="care.read_sensitive" in actor.permissions,
    )
