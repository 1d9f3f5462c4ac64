"""Editing what somebody else may have edited: which revision the sender knows, and the refusal when it is old."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gridsvc.core.errors import Stale


@dataclass(frozen=True)
class Expected:
    """The revisions a change was made on; `anything` is said by whoever overwrites knowingly."""

    revisions: frozenset[int] = field(default_factory=frozenset)
    anything: bool = False

    def check(self, revision: int, *, changed: Mapping[str, Any] | None = None) -> None:
        """Raise Stale, with the present revision and what changed, unless `revision` is one that was expected."""
        if not self.anything and revision not in self.revisions:
            raise Stale(revision=revision, changed=dict(changed or {}))


ANYTHING = Expected(anything=True)
