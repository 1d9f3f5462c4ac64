"""Refusals that only hand-overs know."""

from gridsvc.core.errors import Conflict


class WorkLeft(Conflict):
    """Open work would be left without anybody; hand it over first. The faults name each piece."""

    code = "work_left"


class WrongHandoverState(Conflict):
    """This hand-over is not in a state in which that can be done."""

    code = "wrong_handover_state"
