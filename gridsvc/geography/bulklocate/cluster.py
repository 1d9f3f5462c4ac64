"""Locating many files on a Dask cluster: the index goes to every worker once, then file by file like on one machine.

Workers need this package and the same files under the same names (a shared folder); only the index and the totals
travel through the cluster.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from gridsvc.core.errors import InstallationFault, ServiceUnavailable
from gridsvc.geography.bulklocate.columns import Columns
from gridsvc.geography.bulklocate.files import Advance, Job, locate_file
from gridsvc.geography.bulklocate.locating import CodedIndex
from gridsvc.geography.bulklocate.totals import Totals

PATIENCE_S = 30


def locate_on_cluster(
    scheduler: str, jobs: list[Job], net: CodedIndex, columns: Columns, *, advance: Advance | None = None
) -> Totals:
    """Locates each file on some worker of the cluster behind `scheduler` (tcp://… or tls://…).

    Raises ServiceUnavailable if the scheduler or its workers cannot be reached, InstallationFault if Dask is not
    installed here, and what `locate_file` raises; then no further file is begun.
    """
    columns.check()
    dask = _distributed()
    total = Totals()
    with _client(dask, scheduler) as client:
        (spread,) = client.scatter([net], broadcast=True, hash=False)
        # What a file holds may change under its name: the cluster must not answer from what it did before.
        tasks = client.map(_on_worker, jobs, net=spread, columns=columns, pure=False)
        try:
            for number, (_, done) in enumerate(dask.as_completed(tasks, with_results=True), start=1):
                total += done
                if advance is not None:
                    advance(number, len(jobs))
        except dask.KilledWorker as error:
            raise ServiceUnavailable(f"Workers of the cluster died: {error}") from error
        finally:
            client.cancel(tasks)
    return total


def _on_worker(job: Job, net: CodedIndex, columns: Columns) -> Totals:
    """One file on one thread: the worker's other threads have files of their own."""
    return locate_file(job, net, columns, threads=1)


@contextmanager
def _client(dask: ModuleType, scheduler: str) -> Iterator[Any]:
    try:
        client = dask.Client(scheduler, timeout=PATIENCE_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ServiceUnavailable(f"The scheduler {scheduler} cannot be reached: {error}") from error
    with client, client.as_current():
        try:
            client.wait_for_workers(1, timeout=PATIENCE_S)
        except TimeoutError as error:
            raise ServiceUnavailable(f"The cluster behind {scheduler} has no workers.") from error
        yield client


def _distributed() -> ModuleType:
    try:
        import distributed
    except ImportError as error:
        raise InstallationFault("Dask is not installed; it is the extra gridsvc[dask].") from error
    return distributed
