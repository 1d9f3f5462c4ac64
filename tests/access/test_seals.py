"""Seals of the audit: whatever is changed, lost or put in behind the service's back is noticed."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from gridsvc.access import audit, seals
from gridsvc.access.audit_tables import AuditSeal
from gridsvc.access.seals import Anchor, AuditCheck
from gridsvc.infra.databases import Database
from gridsvc.infra.db import reading, unit_of_work
from tests.cli.in_process import gridsvc

AT_ONCE = timedelta(0)


def write(engine: Engine, count: int = 3) -> None:
    with unit_of_work(engine) as session:
        for number in range(count):
            audit.record(session, None, "care.read", "care_subject", number, username="somebody", detail={"n": number})


def sealed(engine: Engine) -> AuditSeal:
    made = seals.seal(engine, margin=AT_ONCE)
    assert made is not None
    return made


def checked(engine: Engine, noted: Anchor | None = None) -> AuditCheck:
    with reading(engine) as session:
        return seals.check(session, noted=noted)


def tamper(engine: Engine, statement: str) -> None:
    """As whoever owns the database can."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(statement))


@pytest.fixture
def chain(fresh_engine: Engine) -> Engine:
    """An audit of six rows under two seals, and one more row."""
    for _ in range(2):
        write(fresh_engine)
        sealed(fresh_engine)
    write(fresh_engine, 1)
    return fresh_engine


def test_an_audit_that_nobody_touched_is_as_it_was_sealed(chain: Engine) -> None:
    found = checked(chain)
    assert (found.seals, found.rows_sealed, found.rows_unsealed, found.faults) == (2, 6, 1, ())
    assert checked(chain, found.last).faults == ()


FIRST = "(SELECT id FROM audit ORDER BY at, id LIMIT 1)"


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (f"UPDATE audit SET username = 'x' WHERE id = {FIRST}", "rows_changed"),
        (f"UPDATE audit SET detail = '{{}}' WHERE id = {FIRST}", "rows_changed"),
        (f"UPDATE audit SET address = '' WHERE id = {FIRST}", "rows_changed"),
        (f"DELETE FROM audit WHERE id = {FIRST}", "rows_missing_or_added"),
        ("TRUNCATE audit", "rows_missing_or_added"),
        (
            "INSERT INTO audit SELECT gen_random_uuid(), at, account_id, username, roles, access, address, action, "
            f"object_kind, object_id, result, reason, detail FROM audit WHERE id = {FIRST}",
            "rows_missing_or_added",
        ),
        ("DELETE FROM audit_seal WHERE number = 1", "seal_missing"),
        ("UPDATE audit_seal SET until = until - interval '1 second' WHERE number = 1", "seal_missing"),
        ("UPDATE audit_seal SET digest = sha256('x') WHERE number = 2", "rows_changed"),
    ],
)
def test_a_deed_behind_its_back_is_noticed(chain: Engine, deed: str, code: str) -> None:
    tamper(chain, deed)
    assert code in {fault.code for fault in checked(chain).faults}


def test_a_chain_made_anew_is_noticed_by_whoever_noted_a_seal(chain: Engine) -> None:
    noted = checked(chain).last
    tamper(chain, f"UPDATE audit SET username = 'x' WHERE id = {FIRST}")
    tamper(chain, "DELETE FROM audit_seal")
    sealed(chain)
    assert checked(chain).faults == ()
    assert {fault.code for fault in checked(chain, noted).faults} == {"other_seal"}


@pytest.mark.parametrize("change", ["UPDATE audit_seal SET rows = 0", "DELETE FROM audit_seal", "TRUNCATE audit_seal"])
def test_the_database_refuses_to_change_a_seal(chain: Engine, change: str) -> None:
    with pytest.raises(Exception, match="only ever added"), chain.begin() as connection:
        connection.execute(text(change))


def test_nothing_is_sealed_while_somebody_writes_and_all_of_it_afterwards(fresh_engine: Engine) -> None:
    """A row that is written and not yet committed would otherwise come into a time that is sealed already."""
    with unit_of_work(fresh_engine) as session:
        audit.record(session, None, "care.read", "care_subject", username="slow")
        assert seals.seal(fresh_engine, margin=AT_ONCE) is None
    assert sealed(fresh_engine).rows == 1
    assert seals.seal(fresh_engine, margin=AT_ONCE) is None
    assert checked(fresh_engine).faults == ()


def test_a_row_of_the_last_minute_waits_for_the_clock(fresh_engine: Engine) -> None:
    write(fresh_engine)
    assert seals.seal(fresh_engine) is None


def test_the_command_says_what_it_found_and_what_to_note(fresh_database: Database, chain: Engine) -> None:
    fine = gridsvc(fresh_database, "check", "audit")
    assert (fine.returncode, "6 rows under 2 seals" in fine.stdout) == (0, True)
    noted = fine.stdout.splitlines()[-1].removeprefix("last seal ")
    assert gridsvc(fresh_database, "check", "audit", "--noted", noted).returncode == 0
    assert gridsvc(fresh_database, "check", "audit", "--noted", f"2:{'0' * 64}").returncode == 1
    assert gridsvc(fresh_database, "check", "audit", "--noted", "2").returncode == 2
    tamper(chain, "TRUNCATE audit")
    assert gridsvc(fresh_database, "check", "audit", "--json").returncode == 1
