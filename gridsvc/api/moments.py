"""Moments in bodies: always with a zone, and of a time in which there is anything to tell."""

from typing import Annotated

from pydantic import AwareDatetime, Field

from gridsvc.api.deps import EARLIEST, LATEST

# A moment as a body names it.
BodyMoment = Annotated[AwareDatetime, Field(ge=EARLIEST, le=LATEST, examples=["2026-12-01T00:00:00+08:00"])]
