"""How long a publisher keeps the gate shut: the database's list of locks, looked at over and over."""

import threading
import time
from types import TracebackType

from sqlalchemy import Engine, text

from gridsvc.geography.gate import GATE_CLASS

SHUT = text(
    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = CAST(:gate AS bigint)::oid "
    "AND mode = 'ExclusiveLock' AND granted)"
)


class GateWatch:
    """Watches the gate from entering to leaving; `longest_ms` is the longest time it was seen shut, looks included."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._done = threading.Event()
        self._ready = threading.Event()
        self.longest_ms = 0.0

    def __enter__(self) -> "GateWatch":
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            last_open = time.perf_counter()
            was_shut = False
            while not self._done.is_set():
                is_shut = connection.execute(SHUT, {"gate": GATE_CLASS}).scalar_one()
                now = time.perf_counter()
                self._ready.set()
                if was_shut and not is_shut:
                    self.longest_ms = max(self.longest_ms, (now - last_open) * 1000)
                if not is_shut:
                    last_open = now
                was_shut = is_shut
                time.sleep(0.0005)
