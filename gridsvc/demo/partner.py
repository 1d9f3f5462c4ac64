"""A second process that takes in the reports while the first one records doors and visits: there are two cores."""

import signal
import threading
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType

from sqlalchemy.pool import NullPool

from gridsvc.core.errors import GridsvcError
from gridsvc.demo import queries
from gridsvc.demo.ground import Ground
from gridsvc.demo.incidents import make_reports
from gridsvc.demo.life import load_reports
from gridsvc.demo.plan import LoadPlan
from gridsvc.demo.rhythm import Calendar
from gridsvc.demo.steps import Steps
from gridsvc.infra.db import make_engine, unit_of_work

REPORT_DAYS = 365
FULL_REPORTS = 112_000
END_PATIENCE_S = 5


class PartnerFailed(GridsvcError):
    """The process that takes in the reports of the demo city has failed; it said why above."""

    code = "demo_load_failed"


@dataclass
class Partner:
    """The second process: it makes the reports at once, and takes them in after `go`, when the ground is there."""

    url: str
    plan: LoadPlan
    ground: Ground
    steps: Steps
    _is_done: bool = field(default=False, init=False)

    def __enter__(self) -> "Partner":
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self.url, self.plan, self.ground), daemon=True)
        self._process.start()
        theirs.close()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        return self

    def go(self) -> None:
        """Let the reports be taken in; the ground is committed."""
        self._pipe.send("go")
        self._watcher.start()

    def wait(self) -> None:
        """Returns when every report is stored. Raises PartnerFailed if that cannot come true."""
        self._watcher.join()
        if not self._is_done:
            raise PartnerFailed

    def _watch(self) -> None:
        with self.steps.step("incidents") as advance:
            try:
                while (told := self._pipe.recv()) is not None:
                    advance(*told)
                self._is_done = True
            except EOFError:
                return

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._process.terminate()
        self._process.join(END_PATIENCE_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._pipe.close()


def _work(pipe: Connection, url: str, plan: LoadPlan, ground: Ground) -> None:
    """What the second process does. Ctrl-C goes to the first one, which ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    count = plan.scaled(FULL_REPORTS, ground)
    reports = make_reports(ground, Calendar(plan.today, REPORT_DAYS), count, now=plan.now, rng=plan.rng(3))
    try:
        pipe.recv()
    except EOFError:
        return
    engine = make_engine(url, poolclass=NullPool)
    with unit_of_work(engine) as session:
        queries.open_for_loading(session)
        load_reports(session, reports, lambda done, total: pipe.send((done, total)))
    pipe.send(None)
