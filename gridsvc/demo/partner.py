"""A second process that takes in the reports while the first one registers doors; visits are shared: two cores."""

import signal
import threading
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType

from gridsvc.core.errors import GridsvcError
from gridsvc.demo import queries
from gridsvc.demo.ground import Ground
from gridsvc.demo.incidents import make_reports
from gridsvc.demo.life import load_reports, load_visits
from gridsvc.demo.plan import LoadPlan
from gridsvc.demo.rhythm import Calendar
from gridsvc.demo.steps import Steps, uncollected
from gridsvc.infra.db import brief_engine, unit_of_work
from gridsvc.patrols.bulk import VisitBatch

REPORT_DAYS = 365
FULL_REPORTS = 103_500
END_PATIENCE_S = 5
GO, FREE = "go", "free"


class PartnerFailed(GridsvcError):
    """The second process that loads the demo city has failed; it said why above."""

    code = "demo_load_failed"


@dataclass
class Partner:
    """The second process: it makes the reports at once and takes them in after `go`, when the ground is there.

    Having done that it takes portions of visits, one at a time, until `wait`.
    """

    url: str
    plan: LoadPlan
    ground: Ground
    steps: Steps
    _is_free: threading.Event = field(default_factory=threading.Event, init=False)
    _has_ended: threading.Event = field(default_factory=threading.Event, init=False)

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
        self._pipe.send(GO)
        self._watcher.start()

    def takes(self, batch: VisitBatch) -> bool:
        """Whether the partner was free and has taken these visits; their doors are committed."""
        if not self._is_free.is_set():
            return False
        self._is_free.clear()
        self._send(batch)
        return True

    def wait(self) -> None:
        """Returns when everything is stored. Raises PartnerFailed if that cannot come true."""
        while not self._is_free.wait(0.05):
            if self._has_ended.is_set():
                raise PartnerFailed
        self._send(None)
        self._process.join()
        if self._process.exitcode:
            raise PartnerFailed

    def _send(self, message: VisitBatch | None) -> None:
        try:
            self._pipe.send(message)
        except BrokenPipeError as error:
            raise PartnerFailed from error

    def _watch(self) -> None:
        try:
            with self.steps.step("incidents") as advance:
                while (told := self._pipe.recv()) != FREE:
                    advance(*told)
            self._is_free.set()
            while self._pipe.recv() == FREE:
                self._is_free.set()
        except (EOFError, OSError):
            self._has_ended.set()

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
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with uncollected():
        _take_part(pipe, url, plan, ground)


def _take_part(pipe: Connection, url: str, plan: LoadPlan, ground: Ground) -> None:
    count = plan.scaled(FULL_REPORTS, ground)
    reports = make_reports(ground, Calendar(plan.today, REPORT_DAYS), count, now=plan.now, rng=plan.rng(3))
    try:
        with brief_engine(url) as engine:
            pipe.recv()
            with unit_of_work(engine) as session:
                queries.open_for_loading(session)
                load_reports(session, reports, lambda done, total: pipe.send((done, total)))
            pipe.send(FREE)
            while (batch := pipe.recv()) is not None:
                with unit_of_work(engine) as session:
                    queries.open_for_loading(session)
                    load_visits(session, batch)
                pipe.send(FREE)
    except (EOFError, BrokenPipeError):
        return  # the first process has gone
