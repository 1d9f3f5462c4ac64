"""The same request sent twice is answered twice and done once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gridsvc.core.errors import KeyInFlight, KeyReused
from gridsvc.infra.idempotency import StoredAnswer, answer_once, forget_old_answers


class Work:
    """Counts how often something was really done."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self) -> StoredAnswer:
        self.done += 1
        return StoredAnswer(201, f"number {self.done}".encode())


def ask(session: Session, work: Work, *, request: bytes = b"{}", principal: str = "phone") -> StoredAnswer:
    return answer_once(session, principal=principal, key="k", request=request, make=work)


def test_the_same_request_gets_the_same_answer(session: Session) -> None:
    work = Work()
    first, second = ask(session, work), ask(session, work)
    assert (first.body, second.body, second.repeated, work.done) == (b"number 1", b"number 1", True, 1)


def test_the_same_request_gets_status_address_and_tag_again(session: Session) -> None:
    made = StoredAnswer(202, b"{}", "/api/v1/things/1", '"1"')
    for repeated in (False, True):
        answer = answer_once(session, principal="phone", key="k", request=b"{}", make=lambda: made)
        assert (answer.status, answer.location, answer.etag, answer.repeated) == (202, made.location, '"1"', repeated)


def test_another_body_under_the_key_is_refused(session: Session) -> None:
    work = Work()
    ask(session, work)
    with pytest.raises(KeyReused):
        ask(session, work, request=b"[]")


def test_keys_of_different_senders_do_not_meet(session: Session) -> None:
    work = Work()
    ask(session, work)
    assert ask(session, work, principal="another").body == b"number 2"


def test_a_failure_leaves_the_key_free(session: Session) -> None:
    def fail() -> StoredAnswer:
        raise RuntimeError

    with pytest.raises(RuntimeError), session.begin_nested():
        answer_once(session, principal="phone", key="k", request=b"{}", make=fail)
    assert ask(session, Work()).body == b"number 1"


def test_a_request_in_flight_is_not_done_a_second_time(fresh_engine: Engine) -> None:
    work = Work()
    with Session(fresh_engine) as first, Session(fresh_engine) as second:
        ask(first, work)
        with pytest.raises(KeyInFlight):
            ask(second, work)
        second.rollback()
        first.commit()
        assert ask(second, work).body == b"number 1"


def test_an_answer_is_kept_as_long_as_promised(session: Session) -> None:
    work = Work()
    ask(session, work)
    forget_old_answers(session, now=datetime.now(UTC) + timedelta(days=29), kept_for=timedelta(days=30))
    assert ask(session, work).repeated


def test_old_answers_are_forgotten(session: Session) -> None:
    work = Work()
    ask(session, work)
    forget_old_answers(session, now=datetime.now(UTC) + timedelta(days=31), kept_for=timedelta(days=30))
    assert ask(session, work).body == b"number 2"
