"""Two at once: the ledger of doors stays right when a visit arrives while another at the same door is made void."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

from sqlalchemy import Engine, text

from gridsvc.core.errors import Conflict
from gridsvc.infra.db import unit_of_work
from gridsvc.patrols.logged import VisitReport
from gridsvc.patrols.queries import ledger
from gridsvc.patrols.visits import record_visit
from tests.fixtures.small_net import CLERK, SmallNet, lay_small_net

NOON = datetime.now(UTC) - timedelta(hours=2)


def send(engine: Engine, net: SmallNet, sent: VisitReport, barrier: Barrier | None = None) -> bool:
    """Whether the visit was stored; a correction that came second was not."""
    try:
        with unit_of_work(engine) as session:
            session.execute(text("SELECT 1"))
            if barrier is not None:
                barrier.wait()
            record_visit(session, sent, worker_id=net.workers["A"], actor=CLERK)
    except Conflict:
        return False
    return True


def visit(result: str = "done", corrects: UUID | None = None, minutes: int = 0) -> VisitReport:
    made = NOON + timedelta(minutes=minutes)
    return VisitReport(uuid4(), "care_visit", result, door_code="A0", occurred_at=made, corrects=corrects)


def test_a_visit_and_a_withdrawal_at_once_leave_the_ledger_right(fresh_engine: Engine) -> None:
    with unit_of_work(fresh_engine) as session:
        net = lay_small_net(session)
    barrier = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        for number in range(12):
            first = visit(minutes=number)
            send(fresh_engine, net, first)
            both = [visit("withdrawn", first.client_id), visit(minutes=number + 30)]
            list(pool.map(lambda one: send(fresh_engine, net, one, barrier), both))
            with unit_of_work(fresh_engine) as session:
                assert ledger.kept(session) == ledger.recount(session)


def test_of_two_corrections_at_once_one_is_stored(fresh_engine: Engine) -> None:
    with unit_of_work(fresh_engine) as session:
        net = lay_small_net(session)
    barrier = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        for number in range(8):
            first = visit(minutes=number)
            send(fresh_engine, net, first)
            both = [visit("nobody_home", first.client_id), visit("refused", first.client_id)]
            assert sorted(pool.map(lambda one: send(fresh_engine, net, one, barrier), both)) == [False, True]
