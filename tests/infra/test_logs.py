"""Logs: one JSON object a line, with what an operator needs and nothing about persons."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from gridsvc.infra import logs
from tests.infra.service_home import settings_for

PERSON = "王小明 13812345678"


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, put back afterwards."""
    found = logging.getLogger()
    handlers, level = found.handlers[:], found.level
    yield found
    found.handlers[:], found.level = handlers, level


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_record_is_one_object_with_the_number_of_its_request(
    root: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(settings_for(Path("/nowhere"), log_format="json"))
    with logs.during_request("0190"):
        logging.getLogger("gridsvc.request").info("request", extra={"route": "/api/v1/grids/{code}", "status": 200})
    logging.getLogger("gridsvc").info("outside")
    first, second = lines(capsys)
    assert (first["request"], first["route"], first["status"], first["level"]) == (
        "0190",
        "/api/v1/grids/{code}",
        200,
        "info",
    )
    assert "request" not in second


def test_what_a_library_hangs_on_a_record_is_left_out(root: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(settings_for(Path("/nowhere"), log_format="json"))
    logging.getLogger("other").warning("something", extra={"job": {"args": PERSON}})
    assert PERSON not in json.dumps(lines(capsys), ensure_ascii=False)


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_of_an_error_the_kind_and_the_place_are_told_but_not_its_words(
    root: logging.Logger, capsys: pytest.CaptureFixture[str], log_format: str
) -> None:
    logs.set_up(settings_for(Path("/nowhere"), log_format=log_format))
    try:
        try:
            raise ValueError(f"Key (phone)=({PERSON}) already exists")
        except ValueError as error:
            raise RuntimeError(PERSON) from error
    except RuntimeError:
        logging.getLogger("gridsvc").exception("unexpected error")
    told = capsys.readouterr().err
    assert "builtins.RuntimeError" in told
    assert "caused by builtins.ValueError" in told
    assert "test_logs.py" in told
    assert PERSON not in told


def test_requests_are_told_to_programs_only(root: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(settings_for(Path("/nowhere")))
    logging.getLogger("gridsvc.request").info("request")
    assert capsys.readouterr().err == ""
