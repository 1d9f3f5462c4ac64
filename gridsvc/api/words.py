"""The words that a field of an answer may hold, as the description of the API lists them."""

from typing import Annotated

from pydantic import Field

PATROL = ["on_time", "due_soon", "overdue", "never", "unknown"]
STAFFING = ["main_backup", "main_only", "covered", "vacant", "uncovered"]

# Text for the type checker, for the rules deeper down speak of text; a choice for whoever reads the description.
PatrolWord = Annotated[str, Field(json_schema_extra={"enum": PATROL})]
StaffingWord = Annotated[str, Field(json_schema_extra={"enum": STAFFING})]
GridKind = Annotated[str, Field(json_schema_extra={"enum": ["basic", "dedicated"]})]
FoundKind = Annotated[str, Field(json_schema_extra={"enum": ["area", "grid", "worker"]})]
AnsweringRole = Annotated[str, Field(json_schema_extra={"enum": ["main", "backup", "cover"]})]
