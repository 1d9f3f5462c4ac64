"""The policy profile: what a city does to its workers and what it never does, as data that everybody may read."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.access.policy_tables import Policy
from gridsvc.access.queries import policy as queries
from gridsvc.core.errors import Fault, InvalidInput, NotFound
from gridsvc.core.fields import text_faults

_ASKED = "policy"


def profile(session: Session) -> Sequence[Policy]:
    """Every line in its order."""
    return queries.rules(session)


def is_done_here(session: Session, key: str) -> bool:
    """Whether a line is switched on; asked once a transaction. Raises KeyError for a line that is not there."""
    known: dict[str, bool] | None = session.info.get(_ASKED)
    if known is None:
        known = session.info[_ASKED] = queries.switched(session)
        event.listen(session, "after_transaction_end", _forget, once=True)
    return known[key]


def _forget(session: Session, transaction: SessionTransaction) -> None:
    session.info.pop(_ASKED, None)


def switch(session: Session, actor: Actor, key: str, *, is_on: bool, reason: str, now: datetime) -> None:
    """Switch a line on or off, with a reason that the workers see; refuses what is fixed.

    Raises NotFound for a line that is not there.
    """
    actor.require("settings.edit")
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
    session.info.pop(_ASKED, None)
    queries.set_rule(session, key, {"is_on": is_on, "reason": reason.strip(), "set_by": actor.username, "set_at": now})
    audit.record(session, actor, "policy.set", "policy", key, reason=reason.strip(), detail={"is_on": is_on})
