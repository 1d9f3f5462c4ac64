"""Work done outside requests, kept in the same database and deferred inside our own transactions."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import procrastinate
from procrastinate.jobs import Job
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from gridsvc.core.errors import StorageFull

_DEFER = text(
    """
    SELECT (procrastinate_defer_jobs_v1(ARRAY[
        ROW('default', :task, 0, NULL, NULL, CAST(:arguments AS jsonb), CAST(:at AS timestamptz))
            ::procrastinate_job_to_defer_v1
    ]))[1]
    """
)


PUT_OFF_S = 30


class PutOff(procrastinate.BaseRetryStrategy):
    """A job for which the disk has no room is tried again later, as often as it takes; other failures are final."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> procrastinate.RetryDecision | None:
        if isinstance(exception, StorageFull):
            return procrastinate.RetryDecision(retry_in={"seconds": PUT_OFF_S})
        return None


def job_app(url: str) -> procrastinate.App:
    """The job application on the database behind a SQLAlchemy `url`."""
    target = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=target, min_size=1, max_size=2))


def defer(session: Session, task: str, arguments: Mapping[str, Any], *, at: datetime | None = None) -> int:
    """Have a task of the job process done once this transaction commits, not before `at`; returns the job's number.

    The queue's own function is called in our transaction: a job exists if and only if what asked for it was stored.
    """
    asked = {"task": task, "arguments": json.dumps(dict(arguments)), "at": at}
    return int(session.execute(_DEFER, asked).scalar_one())
