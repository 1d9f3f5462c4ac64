"""Steps tell how they get on: plain lines where there is no terminal."""

from io import StringIO

import pytest

from gridsvc.demo.steps import Steps


def test_a_finished_step_is_one_plain_line_with_its_amount() -> None:
    out = StringIO()
    with Steps(out).shown() as steps, steps.step("doors") as advance:
        advance(400, 1200)
        assert out.getvalue() == ""
        advance(1200, 1200)
    assert out.getvalue().split()[:2] == ["doors", "1,200"]
    assert list(steps.seconds) == ["doors"]


def test_a_failed_step_is_not_told_as_finished() -> None:
    out = StringIO()
    with pytest.raises(ValueError, match="broken"), Steps(out).step("grids"):
        raise ValueError("broken")
    assert out.getvalue() == ""


def test_a_terminal_gets_a_bar() -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    with Steps(out).shown() as steps, steps.step("visits") as advance:
        advance(1, 2)
    assert "visits" in out.getvalue()
