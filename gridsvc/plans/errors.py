"""What plans refuse, each with a stable code."""

from gridsvc.core.errors import Conflict, InvalidInput


class PlanStale(Conflict):
    """Grids of the plan have another version than the one it was drawn on; rebase it first."""

    code = "plan_stale"
    told = ("grids",)


class PlanPending(Conflict):
    """Another plan for one of these communities is published and not yet in effect."""

    code = "plan_pending"
    told = ("plan", "communities")


class WrongPlanState(Conflict):
    """The plan is not in a state in which this can be done."""

    code = "wrong_plan_state"


class AlreadyConfirmed(Conflict):
    """Somebody confirmed already who was taken over for this grid."""

    code = "already_confirmed"


class PlanEmpty(Conflict):
    """The plan changes nothing."""

    code = "plan_empty"


class PlanHasFaults(InvalidInput):
    """The plan has findings that must be mended first; `findings` names each with its geometry."""

    code = "plan_has_faults"
    told = ("findings",)


class NoticeRunning(Conflict):
    """The public notice of the plan has not ended by the moment at which it is to take effect."""

    code = "notice_running"


class TooLate(InvalidInput):
    """A plan takes effect in the future."""

    code = "effective_too_early"
