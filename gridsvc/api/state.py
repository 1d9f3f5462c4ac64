"""What the application holds between requests: settings, database, and what it remembers for a short while."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from anyio import Semaphore
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import Scope
from gridsvc.dashboard.status import Figures, Rules, count_figures
from gridsvc.infra.events import News
from gridsvc.infra.runtime_settings import NAMES, overlaid
from gridsvc.infra.settings import Settings, follow_city
from gridsvc.people import queries as people
from gridsvc.people.answer import Answer, who_answers

PASSWORDS_AT_ONCE = 2
ACTORS_KEPT_S = 5.0
MOST_ACTORS = 10_000
FIGURES_KEPT_S = 60.0
STATUS_KEPT_S = 5.0
MOST_STATUSES = 200


class RememberedActors:
    """Who is behind a token, for a few seconds: a busy page need not walk the management tree on every request.

    Logging out forgets at once, and so does every change of an account or its rights made by this process; what another
    process changes is noticed within `ACTORS_KEPT_S`.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, Actor]] = {}
        self._changed: dict[UUID | str | None, float] = {}

    def get(self, token: str) -> Actor | None:
        """The actor if they were recognised a moment ago."""
        kept = self._kept.get(token)
        return kept[1] if kept and time.monotonic() - kept[0] < ACTORS_KEPT_S else None

    def put(self, token: str, actor: Actor, began: float) -> None:
        """Remember an actor recognised by a look that `began` then, unless login or account have changed since."""
        if began <= max(self._changed.get(which, -1.0) for which in (token, actor.account_id, None)):
            return
        if len(self._kept) >= MOST_ACTORS:
            self._kept.clear()
        self._kept[token] = (began, actor)

    def let_go(self) -> None:
        """Forget those recognised too long ago: a part of the city is a long list, and most do not ask again soon."""
        now = time.monotonic()
        for token, (began, _) in list(self._kept.items()):
            if now - began >= ACTORS_KEPT_S:
                self._kept.pop(token, None)

    def __len__(self) -> int:
        return len(self._kept)

    def forget(self, token: str) -> None:
        """Forget the actor of a login that has ended, also for a look under way that still found it."""
        self._note(token)
        self._kept.pop(token, None)

    def forget_account(self, account_id: UUID | None) -> None:
        """Forget every login and program of an account that has changed; None: of all, for the rights of roles have."""
        self._note(account_id)
        for token, (_, actor) in list(self._kept.items()):
            if account_id is None or actor.account_id == account_id:
                self._kept.pop(token, None)

    def _note(self, which: UUID | str | None) -> None:
        """An account, a login by its token, or everything (None) has changed now."""
        now = time.monotonic()
        if len(self._changed) >= MOST_ACTORS:
            self._changed = {None: now}  # rather ask for all anew than remember what has changed
        self._changed[which] = now


class RememberedFigures:
    """The slow figures of the present, counted at most once a minute for everybody."""

    def __init__(self) -> None:
        self._kept: tuple[float, Figures] | None = None
        self._counting = threading.Lock()

    def at(self, session: Session, at: datetime, rules: Rules) -> Figures:
        """Figures that were counted within `FIGURES_KEPT_S`; whoever comes while they are counted waits for them."""
        with self._counting:
            if self._kept is None or time.monotonic() - self._kept[0] > FIGURES_KEPT_S:
                self._kept = (time.monotonic(), count_figures(session, at, rules=rules))
            return self._kept[1]


class RememberedAnswers:
    """Who answers for every grid now. Read again only when that may have changed, which is rare beside visits."""

    def __init__(self) -> None:
        self._kept: tuple[str, dict[UUID, Answer]] | None = None

    def at(self, session: Session, at: datetime) -> dict[UUID, Answer]:
        """The answers at a moment, which must be the present."""
        stamp = people.answers_stamp(session, at)
        if self._kept is None or self._kept[0] != stamp:
            self._kept = (stamp, who_answers(session, at))
        return self._kept[1]


@dataclass(frozen=True)
class StatusText:
    """A status as it goes out: what changes with every moment, and what lasts until something is written."""

    head: str
    lasting: str


class RememberedStatus:
    """The last status made for each scope, good while nothing was committed in the database, for some seconds.

    The database's snapshot tells whether anything was: any change, by any process, gives another one.
    """

    def __init__(self) -> None:
        self._kept: dict[Scope, tuple[float, str, StatusText]] = {}

    def get(self, scope: Scope, snapshot: str) -> StatusText | None:
        """The status made in the same state of the data, unless time itself may have changed it."""
        kept = self._kept.get(scope)
        is_good = kept is not None and kept[1] == snapshot and time.monotonic() - kept[0] < STATUS_KEPT_S
        return kept[2] if kept is not None and is_good else None

    def put(self, scope: Scope, snapshot: str, made: StatusText) -> None:
        """Remember a status just made."""
        self.let_go()
        if len(self._kept) >= MOST_STATUSES:
            self._kept.clear()
        self._kept[scope] = (time.monotonic(), snapshot, made)

    def let_go(self) -> None:
        """Forget those that are no longer good: each is as long as the net."""
        now = time.monotonic()
        for old in [key for key, kept in list(self._kept.items()) if now - kept[0] >= STATUS_KEPT_S]:
            self._kept.pop(old, None)

    def __len__(self) -> int:
        return len(self._kept)


@dataclass
class State:
    """Settings, the database with its address, and what is remembered. `read_engine` cannot write.

    `settings` is what is in force, `given` what the environment said.

    `turns` bounds how many requests have a session at once: never more than there are lasting connections.
    `password_turns` bounds how many passwords are worked out at once.
    `instant_engine` opens no transactions: for what is asked most often, by statements that each name their moment.
    """

    settings: Settings
    engine: Engine
    read_engine: Engine
    instant_engine: Engine
    url: str
    actors: RememberedActors = field(default_factory=RememberedActors)
    answers: RememberedAnswers = field(default_factory=RememberedAnswers)
    figures: RememberedFigures = field(default_factory=RememberedFigures)
    status: RememberedStatus = field(default_factory=RememberedStatus)
    news: News = field(init=False)
    given: Settings = field(init=False)
    settings_revision: int = 0
    turns: Semaphore = field(init=False)
    password_turns: Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self.given = self.settings
        self.news = News(self.url)
        self.turns = Semaphore(self.settings.pool_size, fast_acquire=True)
        self.password_turns = Semaphore(PASSWORDS_AT_ONCE, fast_acquire=True)

    @property
    def is_at_rest(self) -> bool:
        """Whether no request has a session at this moment."""
        return self.turns.value == self.settings.pool_size

    def let_go(self) -> None:
        """Forget what is no longer good for an answer, also when nobody asks any more."""
        self.actors.let_go()
        self.status.let_go()

    def take_up(self, values: Mapping[str, Any], revision: int) -> None:
        """Go by what the city has set at this revision; what was counted by other settings is counted anew."""
        if revision <= self.settings_revision:
            return
        self.settings_revision = revision
        self.settings = overlaid(self.given, values)
        follow_city({name: value for name, value in values.items() if name in NAMES})
        self.figures = RememberedFigures()
        self.status = RememberedStatus()
