"""What a process does beside answering: it follows the city's settings, forgets what is old, tidies its memory."""

from contextlib import suppress
from threading import Event

from sqlalchemy.exc import SQLAlchemyError

from gridsvc.api.state import State
from gridsvc.infra import memory, runtime_settings
from gridsvc.infra.db import ReadSession
from gridsvc.infra.sight import WHOLE_CITY, seeing

TURN_S = 5.0
# Tidying stops every request for about a tenth of a second, so it waits for a moment without any; but not for ever.
TURNS_TO_TIDY = 6
MOST_TURNS_UNTIDY = 60


def keep_up(held: State, ended: Event) -> None:
    """Notice within seconds what another process, or another machine, has set; forget and tidy, until the end."""
    untidy = 0
    while not ended.wait(TURN_S):
        follow_city(held)
        held.let_go()
        untidy += 1
        if untidy >= (TURNS_TO_TIDY if held.is_at_rest else MOST_TURNS_UNTIDY):
            memory.tidy()
            untidy = 0


def follow_city(held: State) -> None:
    """Take up what the city has set since; without a database what was known last stays in force."""
    with suppress(SQLAlchemyError):  # /ready says so
        with ReadSession(held.read_engine, info=seeing(WHOLE_CITY)) as session:
            row = runtime_settings.stored(session)
        held.take_up(row.values_set, row.revision)
