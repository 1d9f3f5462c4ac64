"""The policy profile: what a city does to its workers and what it never does, as data that everybody may read."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.access.policy_tables import Policy
from gridsvc.access.queries import policy as queries
from gridsvc.access.reach import reach_of
from gridsvc.core.errors import Fault, InvalidInput, NotFound
from gridsvc.core.fields import text_faults


def profile(session: Session) -> Sequence[Policy]:
    """Every line in its order."""
    return queries.rules(session)


def is_done_here(session: Session, key: str) -> bool:
    """Whether a line is switched on. Raises KeyError for a line that is not there."""
    is_on = queries.is_on(session, key)
    if is_on is None:
        raise KeyError(key)
    return is_on


def switch(session: Session, actor: Actor, key: str, *, is_on: bool, reason: str, now: datetime) -> None:
    """Switch a line on or off, with a reason that the workers see; refuses what is fixed.

    Only for who may do so over the whole city. Raises NotFound for a line that is not there.
    """
    reach_of(session, actor, "settings.edit", now).require_everything()
    row = queries.rule(session, key)
    if row is None:
        raise NotFound
    faults = list(text_faults("body.reason", reason, limit=audit.LONGEST_REASON))
    if not reason.strip():
        faults.append(Fault("body.reason", "missing", "Say why; the workers see it."))
    if row.kind == "always" and not is_on:
        faults.append(Fault("body.is_on", "always_done", "This is always done and cannot be switched off."))
    if row.kind == "never" and is_on:
        faults.append(Fault("body.is_on", "never_done", "This is not done here and cannot be switched on."))
    if faults:
        raise InvalidInput(faults[0].message, faults=faults)
    queries.set_rule(session, key, {"is_on": is_on, "reason": reason.strip(), "set_by": actor.username, "set_at": now})
    audit.record(session, actor, "policy.set", "policy", key, reason=reason.strip(), detail={"is_on": is_on})
