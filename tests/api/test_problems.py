"""Every error has a stable code and a status, and the published list has them all."""

import errno
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from gridsvc.api import codes, problems
from gridsvc.core import errors
from gridsvc.core.errors import GridsvcError

DOCUMENT = Path(__file__).parents[2] / "docs" / "problems.md"


def kinds(base: type[GridsvcError] = errors.GridsvcError) -> Iterator[type[GridsvcError]]:
    yield base
    for kind in base.__subclasses__():
        if kind.__module__ == errors.__name__:
            yield from kinds(kind)


KINDS = sorted(set(kinds()), key=lambda kind: str(kind.__name__))


@pytest.mark.parametrize("kind", KINDS, ids=[kind.__name__ for kind in KINDS])
def test_every_error_is_in_the_published_list_with_its_status(kind: type[GridsvcError]) -> None:
    assert f"| `{kind.code}` | {problems.status_of(kind)} |" in DOCUMENT.read_text(encoding="utf-8")


def test_the_list_that_is_served_is_the_list_that_is_written() -> None:
    written = re.findall(r"^\| `([a-z_]+)` \| (\d+) \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted((kind.code, str(kind.status)) for kind in codes.kinds()) == sorted(written)


def test_only_our_own_mistakes_are_5xx() -> None:
    blamed = {kind.code for kind in kinds() if not any(base in problems.STATUS for base in kind.__mro__)}
    assert blamed == {"internal", "installation"}


def test_whoever_loses_a_deadlock_is_told_to_try_again(fresh_engine: Engine) -> None:
    with fresh_engine.begin() as connection:
        connection.execute(text("CREATE TABLE pair AS SELECT generate_series(1, 2) AS id"))
    met, app = Barrier(2), FastAPI()
    problems.install(app)

    @app.get("/{first}/{second}")
    def lock_both(first: int, second: int) -> None:
        with fresh_engine.begin() as connection:
            for number in (first, second):
                connection.execute(text("SELECT FROM pair WHERE id = :id FOR UPDATE"), {"id": number})
                if number == first:
                    met.wait(10)

    client = TestClient(app)
    with ThreadPoolExecutor(2) as askers:
        answers = list(askers.map(client.get, ("/1/2", "/2/1")))
    lost = next(answer for answer in answers if answer.status_code != 200)
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert json.loads(lost.content)["code"] == "conflict"


@pytest.mark.parametrize(
    ("number", "status", "code"),
    [(errno.ENOSPC, 503, "storage_full"), (errno.EDQUOT, 503, "storage_full"), (errno.EIO, 500, "internal")],
)
def test_a_full_disk_is_told_as_one(number: int, status: int, code: str) -> None:
    app = FastAPI()
    problems.install(app)

    @app.post("/photo")
    def keep() -> None:
        raise OSError(number, "No space left on device", "/srv/of/a/city")

    answer = TestClient(app, raise_server_exceptions=False).post("/photo")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert ("Retry-After" in answer.headers) == (status == 503)
    assert "/srv" not in answer.text
