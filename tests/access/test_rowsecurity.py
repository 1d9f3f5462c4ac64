"""Row security: every table is under it or says why not, readers cannot write, and no sight stays on a connection."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from gridsvc.access.rowsecurity import CITY_ONLY, CLOSED, CLOSED_COLUMNS, OPEN, sight_of
from gridsvc.infra import databases
from gridsvc.infra.databases import CITY, SCOPED, Database
from gridsvc.infra.db import ReadSession, make_engine
from gridsvc.infra.sight import WHOLE_CITY, Sight, looking_as, seeing
from tests.fixtures.small_net import CLERK, COMMUNITY_1, COMMUNITY_2, lay_small_net

NOW = datetime.now(UTC)
LIBRARIES = ("procrastinate_", "spatial_ref_sys", "geography_columns", "geometry_columns")

_TABLES = text(
    """
    SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS is_guarded,
        has_any_column_privilege(:city, oid, 'SELECT') AS for_city,
        has_any_column_privilege(:scoped, oid, 'SELECT') AS for_scoped,
        has_table_privilege(:city, oid, 'INSERT, UPDATE, DELETE, TRUNCATE') AS city_writes,
        has_table_privilege(:scoped, oid, 'INSERT, UPDATE, DELETE, TRUNCATE') AS scoped_writes,
        ARRAY(SELECT CAST(roles[1] AS text) FROM pg_policies WHERE tablename = relname ORDER BY 1) AS policies
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
    """
)


@pytest.fixture(scope="module")
def guarded(server: Database, template: Database) -> Iterator[Engine]:
    """An engine like the API's, with two connections, on a database with two communities."""
    made = databases.create_database(server, "guarded", template=template.name)
    owner = make_engine(made.url)
    with Session(owner) as session, session.begin():
        lay_small_net(session)
    owner.dispose()
    engine = make_engine(made.url, guarded=True, pool_size=2, max_overflow=0)
    yield engine
    engine.dispose()


_CLOSED_COLUMNS = text(
    """
    SELECT relname, attname FROM pg_class
    JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname = ANY (:tables)
      AND NOT (has_column_privilege(:city, pg_class.oid, attnum, 'SELECT')
               AND has_column_privilege(:scoped, pg_class.oid, attnum, 'SELECT'))
    """
)


def sees(community: str) -> Sight:
    return Sight(communities=frozenset({community}))


def names(engine: Engine, sight: Sight) -> list[str]:
    with ReadSession(engine, info=seeing(sight)) as session:
        return list(session.scalars(text("SELECT name FROM worker ORDER BY name")))


def test_every_table_is_guarded_or_says_why_not(engine: Engine) -> None:
    with engine.connect() as connection:
        rows = connection.execute(_TABLES, {"city": CITY, "scoped": SCOPED}).all()
    tables = {row.name: row for row in rows if not row.name.startswith(LIBRARIES)}
    unguarded = {name for name, row in tables.items() if not row.is_guarded}
    assert unguarded == OPEN.keys() | CLOSED.keys() | CITY_ONLY.keys()
    for name, row in tables.items():
        may = (row.for_city, row.for_scoped)
        expected = (False, False) if name in CLOSED else (True, False) if name in CITY_ONLY else (True, True)
        assert may == expected, f"{name}: readable by {CITY}, {SCOPED}: {may}"
        if row.is_guarded:
            assert row.policies == [CITY, SCOPED], name
        assert not row.city_writes, name
        assert not row.scoped_writes, name


def test_what_is_kept_of_passwords_and_tokens_is_closed_to_readers_and_nothing_else_of_open_tables(
    engine: Engine,
) -> None:
    with engine.connect() as connection:
        rows = connection.execute(_CLOSED_COLUMNS, {"city": CITY, "scoped": SCOPED, "tables": list(OPEN)}).all()
    assert {(row.relname, row.attname) for row in rows} == {
        (table, column) for table, columns in CLOSED_COLUMNS.items() for column in columns
    }


@pytest.mark.parametrize("sight", [WHOLE_CITY, Sight()], ids=["city", "scoped"])
@pytest.mark.parametrize(
    "question", ["password_hash FROM account", "token_hash FROM api_token", "id FROM session_token", "* FROM account"]
)
def test_no_reader_gets_what_is_kept_of_a_password_or_token(guarded: Engine, sight: Sight, question: str) -> None:
    with ReadSession(guarded, info=seeing(sight)) as session:
        assert session.scalar(text("SELECT count(username) FROM account")) is not None
        with pytest.raises(DBAPIError, match="permission denied"):
            session.execute(text(f"SELECT {question}"))


def test_the_roles_can_neither_log_in_nor_pass_by(engine: Engine) -> None:
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT rolcanlogin, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles "
                f"WHERE rolname IN ('{CITY}', '{SCOPED}')"
            )
        ).all()
    assert [tuple(row) for row in rows] == [(False,) * 4] * 2


def test_a_reader_sees_what_its_sight_says(guarded: Engine) -> None:
    assert names(guarded, WHOLE_CITY) == ["Worker A", "Worker B", "Worker C", "Worker D"]
    assert names(guarded, sees(COMMUNITY_1)) == ["Worker A", "Worker B"]
    assert names(guarded, sees(COMMUNITY_2)) == ["Worker C", "Worker D"]
    assert names(guarded, Sight()) == []


def test_one_grid_shows_its_worker_and_doors(guarded: Engine) -> None:
    with ReadSession(guarded, info=seeing(WHOLE_CITY)) as session:
        grid: UUID = session.scalar(text("SELECT grid_id FROM grid_version WHERE name = 'Grid A'"))
    sight = Sight(grids=frozenset({grid}))
    assert names(guarded, sight) == ["Worker A"]
    with ReadSession(guarded, info=seeing(sight)) as session:
        assert set(session.scalars(text("SELECT code FROM door"))) == {"A0", "A1", "A2", "A3"}


def test_a_reading_session_must_say_what_it_may_see(guarded: Engine) -> None:
    with ReadSession(guarded) as session, pytest.raises(LookupError):
        session.execute(text("SELECT 1"))


def test_without_transactions_only_the_whole_city_can_be_read(guarded: Engine) -> None:
    instant = guarded.execution_options(isolation_level="AUTOCOMMIT")
    assert len(names(instant, WHOLE_CITY)) == 4
    with pytest.raises(LookupError):
        names(instant, sees(COMMUNITY_1))


@pytest.mark.parametrize("sight", [WHOLE_CITY, sees(COMMUNITY_1)], ids=["city", "scoped"])
def test_a_reader_cannot_write(guarded: Engine, sight: Sight) -> None:
    with ReadSession(guarded, info=seeing(sight)) as session, pytest.raises(DBAPIError, match="permission denied"):
        session.execute(text("UPDATE worker SET name = 'x'"))


def test_a_bare_connection_of_the_api_cannot_write(guarded: Engine) -> None:
    with guarded.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
        connection.execute(text("DELETE FROM worker"))


def test_a_writing_session_writes_as_the_service_and_looks_as_somebody(guarded: Engine) -> None:
    with Session(guarded) as session:
        session.execute(text("UPDATE worker SET phone = '000' WHERE name = 'Worker A'"))
        actor = replace(CLERK, scope=replace(CLERK.scope, city_wide=False, community_codes=frozenset({COMMUNITY_2})))
        with looking_as(session, sight_of(actor)):
            assert session.scalar(text("SELECT count(*) FROM worker")) == 2
        assert session.scalar(text("SELECT count(*) FROM worker")) == 4
        session.rollback()


def test_nothing_crosses_a_pool_of_two_connections(guarded: Engine) -> None:
    """Many readers of different sights, city-wide ones, writers and failures take turns on two connections."""
    sights = [WHOLE_CITY, sees(COMMUNITY_1), sees(COMMUNITY_2), Sight()]
    expected = [names(guarded, sight) for sight in sights]

    def turn(number: int) -> bool:
        which = number % 6
        if which < 4:
            return names(guarded, sights[which]) == expected[which]
        if which == 4:
            with Session(guarded) as session:
                total = session.scalar(text("SELECT count(*) FROM worker"))
                session.commit()
            return bool(total == 4)
        with ReadSession(guarded, info=seeing(sights[1])) as session, pytest.raises(DBAPIError):
            session.execute(text("SELECT 1/0"))
        return True

    with ThreadPoolExecutor(2) as pool:
        assert all(pool.map(turn, range(600)))


@pytest.mark.parametrize("sight", [WHOLE_CITY, sees(COMMUNITY_1)], ids=["city", "scoped"])
def test_the_accessor_counts_for_everybody_alike(guarded: Engine, sight: Sight) -> None:
    with ReadSession(guarded, info=seeing(sight)) as session:
        counts = session.scalars(text("SELECT doors_within(geom, now()) FROM grid_version ORDER BY name")).all()
    assert counts == [4, 4, 4, 4]
