"""Work done outside requests, kept in the same database and deferred inside our own transactions."""

import procrastinate
from sqlalchemy.engine import make_url


def job_app(url: str) -> procrastinate.App:
    """The job application on the database behind a SQLAlchemy `url`."""
    target = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=target, min_size=1, max_size=2))
