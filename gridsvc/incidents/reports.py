"""A report as somebody sends it, and what is refused about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gridsvc.core.errors import Fault
from gridsvc.core.fields import moment_faults, text_faults

LONGEST_DESCRIPTION = 4000
LONGEST_ADDRESS = 500
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Report:
    """A report from any channel. Coordinates come with their datum (`crs`: EPSG:n, GCJ-02, BD-09), times with a zone.

    `client_id` is the sender's own identifier: sent again with the same content it gives the same receipt, for ever.
    """

    client_id: UUID
    channel: str
    category: str
    description: str | None = None
    address: str | None = None
    reporter_name: str | None = None
    reporter_phone: str | None = None
    x: float | None = None
    y: float | None = None
    crs: str | None = None
    occurred_at: datetime | None = None
    synthetic: bool = False


def report_faults(report: Report, *, now: datetime) -> Iterator[Fault]:
    """What is wrong with the fields of a report, its place in the city aside."""
    yield from text_faults("channel", report.channel, limit=LONGEST_NAME)
    yield from text_faults("category", report.category, limit=LONGEST_NAME)
    for place, value, limit in (
        ("description", report.description, LONGEST_DESCRIPTION),
        ("address", report.address, LONGEST_ADDRESS),
        ("reporter_name", report.reporter_name, LONGEST_NAME),
        ("reporter_phone", report.reporter_phone, LONGEST_NAME),
    ):
        if value is not None:
            yield from text_faults(place, value, limit=limit)
    yield from moment_faults("occurred_at", report.occurred_at, now=now)
    if report.x is None and report.y is None and not report.address and not report.description:
        yield Fault("address", "empty_report", "A report needs a point, an address or a description.")
