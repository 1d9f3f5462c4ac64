"""Of two who change a node of the management tree on the same revision at once, one is refused."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting

import pytest
from sqlalchemy import Engine

from gridsvc.access import management
from gridsvc.access.identity import operator
from gridsvc.access.management import DelegationDraft
from gridsvc.core.errors import Stale
from gridsvc.core.revisions import Expected
from gridsvc.infra.db import unit_of_work
from tests.access.offices import NOW, STREET, WEST, plant_tree

CHIEF = operator("chief")
READ = Expected(frozenset({1}))


def rename(engine: Engine, name: str) -> None:
    with unit_of_work(engine) as session:
        management.rename_node(session, CHIEF, STREET, READ, name=name, now=NOW)


@pytest.mark.parametrize("first", ["rename", "delegate"])
def test_the_second_of_two_changes_at_once_is_refused(fresh_engine: Engine, first: str) -> None:
    with unit_of_work(fresh_engine) as session:
        plant_tree(session)
    with ThreadPoolExecutor(1) as pool:
        with unit_of_work(fresh_engine) as session:
            if first == "rename":
                management.rename_node(session, CHIEF, STREET, READ, name="一街", now=NOW)
            else:
                management.delegate_node(session, CHIEF, STREET, DelegationDraft(WEST, NOW), now=NOW)
            changing = pool.submit(rename, fresh_engine, "另一街")
            with pytest.raises(StillWaiting):
                changing.result(timeout=0.3)
        with pytest.raises(Stale) as refused:
            changing.result(timeout=30)
    assert refused.value.details["revision"] == 2
