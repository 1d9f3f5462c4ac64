"""Many grids at once: shown before it counts, done by a job, all or nothing, and undone without rewriting anything."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text

from gridsvc.access.identity import Actor
from gridsvc.core.errors import Conflict, InvalidInput
from gridsvc.handover import confirming
from gridsvc.handover.errors import WrongHandoverState
from gridsvc.handover.moves import Load, Preview, carry_out, preview_move, run_move, undo_move, visible_move
from gridsvc.handover.queries import records
from gridsvc.handover.transfer import Transfer
from gridsvc.infra.db import unit_of_work
from gridsvc.people.answer import who_answers
from gridsvc.people.holders import Change, change_holder
from gridsvc.people.staffing import Appointment, appoint
from tests.fixtures.small_net import CODES, SmallNet, lay_small_net
from tests.people.team import actor_of

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
SUPERVISOR: Actor = actor_of("supervisor")


@pytest.fixture
def net(fresh_engine: Engine) -> SmallNet:
    """The small net, in which worker A holds the grids A, B and C."""
    with unit_of_work(fresh_engine) as session:
        made = lay_small_net(session)
        held = [Appointment(made.grids[letter], made.workers["A"], NOW - 30 * DAY) for letter in "BC"]
        appoint(session, held)
    return made


def asked(net: SmallNet, *letters: str) -> Transfer:
    return Transfer(net.workers["A"], net.workers["D"], [CODES[each] for each in letters], NOW, "分工调整")


def preview(engine: Engine, net: SmallNet, *letters: str) -> Preview:
    with unit_of_work(engine) as session:
        return preview_move(session, SUPERVISOR, asked(net, *letters), now=NOW)


def carried_out(engine: Engine, net: SmallNet, *letters: str) -> UUID:
    move_id = preview(engine, net, *letters).move_id
    with unit_of_work(engine) as session:
        run_move(session, SUPERVISOR, move_id)
    carry_out(engine, move_id, now=datetime.now(UTC))
    return move_id


def who(engine: Engine, net: SmallNet) -> dict[str, str]:
    """Who answers for each grid."""
    with unit_of_work(engine) as session:
        answers = who_answers(session, datetime.now(UTC), list(net.grids.values()))
    named = {letter: answers[grid_id].answers for letter, grid_id in net.grids.items()}
    return {letter: person.name[-1] for letter, person in named.items() if person}


def state(engine: Engine, move_id: UUID) -> tuple[str, str | None]:
    with unit_of_work(engine) as session:
        row = visible_move(session, SUPERVISOR, move_id).GridMove
        return row.state, row.failure


def test_a_preview_tells_the_loads_and_changes_nothing(fresh_engine: Engine, net: SmallNet) -> None:
    shown = preview(fresh_engine, net)
    assert shown.codes == sorted(CODES[letter] for letter in "ABC")
    assert shown.giver == (Load(3, 12), Load(0, None))
    assert shown.taker == (Load(1, 4), Load(4, 16))
    assert who(fresh_engine, net) == {"A": "A", "B": "A", "C": "A", "D": "D"}
    with unit_of_work(fresh_engine) as session:
        assert session.scalar(text("SELECT count(*) FROM handover")) == 0


def test_the_job_moves_all_grids_and_opens_the_hand_over(fresh_engine: Engine, net: SmallNet) -> None:
    move_id = carried_out(fresh_engine, net, "A", "C")
    assert state(fresh_engine, move_id) == ("done", None)
    assert who(fresh_engine, net) == {"A": "D", "B": "A", "C": "D", "D": "D"}
    with unit_of_work(fresh_engine) as session:
        [row] = records.unfinished_for(session, move_id=move_id)
        assert sorted(records.grids_of(session, row.id)) == sorted([net.grids["A"], net.grids["C"]])
        assert session.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'move_grids'")) == 1
    carry_out(fresh_engine, move_id, now=datetime.now(UTC))
    assert state(fresh_engine, move_id) == ("done", None)


def test_when_one_grid_cannot_go_none_does_and_the_reason_is_kept(fresh_engine: Engine, net: SmallNet) -> None:
    move_id = preview(fresh_engine, net, "A", "B").move_id
    with unit_of_work(fresh_engine) as session:
        run_move(session, SUPERVISOR, move_id)
        change_holder(session, SUPERVISOR, Change(CODES["B"], "main", net.workers["C"], NOW - DAY))
    carry_out(fresh_engine, move_id, now=datetime.now(UTC))
    how, failure = state(fresh_engine, move_id)
    assert how == "failed"
    assert CODES["B"] in (failure or "")
    assert who(fresh_engine, net)["A"] == "A"


def test_undo_gives_the_grids_back_and_keeps_what_was(fresh_engine: Engine, net: SmallNet) -> None:
    move_id = carried_out(fresh_engine, net, "A", "C")
    between = datetime.now(UTC)
    with unit_of_work(fresh_engine) as session:
        assert undo_move(session, SUPERVISOR, move_id, now=datetime.now(UTC)) == [CODES["A"], CODES["C"]]
        assert records.unfinished_for(session, move_id=move_id) == []
    assert who(fresh_engine, net) == {"A": "A", "B": "A", "C": "A", "D": "D"}
    with unit_of_work(fresh_engine) as session:
        answer = who_answers(session, between, [net.grids["A"]])[net.grids["A"]]
        assert answer.main is not None
        assert answer.main.id == net.workers["D"]
        with pytest.raises(WrongHandoverState):
            undo_move(session, SUPERVISOR, move_id, now=datetime.now(UTC))


def test_work_that_was_taken_over_has_to_be_handed_back(fresh_engine: Engine, net: SmallNet) -> None:
    move_id = carried_out(fresh_engine, net, "A")
    now = datetime.now(UTC)
    with unit_of_work(fresh_engine) as session:
        [row] = records.unfinished_for(session, move_id=move_id)
        confirming.confirm_giving(session, SUPERVISOR, row.id, now=now)
        confirming.confirm_taking(session, SUPERVISOR, row.id, now=now)
        undo_move(session, SUPERVISOR, move_id, now=datetime.now(UTC))
        [back] = records.unfinished_of(session, net.workers["A"])
        assert back.from_worker_id == net.workers["D"]


def test_undo_refuses_by_grid_when_somebody_else_got_it_since(fresh_engine: Engine, net: SmallNet) -> None:
    move_id = carried_out(fresh_engine, net, "A", "B")
    with unit_of_work(fresh_engine) as session:
        change_holder(session, SUPERVISOR, Change(CODES["B"], "main", net.workers["C"], datetime.now(UTC)))
    with pytest.raises(Conflict) as error, unit_of_work(fresh_engine) as session:
        undo_move(session, SUPERVISOR, move_id, now=datetime.now(UTC))
    assert [fault.place for fault in error.value.faults] == [f"grid {CODES['B']}"]
    assert who(fresh_engine, net)["A"] == "D"


def test_a_change_that_is_wrong_in_itself_is_refused_when_it_is_shown(fresh_engine: Engine, net: SmallNet) -> None:
    with pytest.raises(InvalidInput), unit_of_work(fresh_engine) as session:
        preview_move(session, SUPERVISOR, asked(net, "D"), now=NOW)
    wanted = Transfer(net.workers["A"], uuid4(), [CODES["A"]], NOW, "分工调整")
    with pytest.raises(InvalidInput), unit_of_work(fresh_engine) as session:
        preview_move(session, SUPERVISOR, wanted, now=NOW)
