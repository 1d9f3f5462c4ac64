"""How people appear on the wire: only to those in whose jurisdiction they work."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query
from pydantic import BaseModel

from gridsvc.api.words import AnsweringRole
from gridsvc.core.errors import Fault, InvalidInput
from gridsvc.people.answer import Answer, Person


async def known_moment(
    known_at: Annotated[
        datetime | None,
        Query(
            description="As it was known at this moment, with its zone; as known now when left out.",
            examples=["2026-11-02T08:00:00+08:00"],
        ),
    ] = None,
) -> datetime | None:
    """The moment whose knowledge is asked for; one without a zone is refused, for it would be a guess."""
    if known_at is not None and known_at.tzinfo is None:
        raise InvalidInput(faults=[Fault("query.known_at", "no_zone", "The moment has no time zone.")])
    if known_at is not None and not 1949 <= known_at.year <= 2200:
        raise InvalidInput(faults=[Fault("query.known_at", "out_of_range", "The moment is before 1949 or after 2200.")])
    return known_at


KnownAt = Annotated[datetime | None, Depends(known_moment)]


class PersonOut(BaseModel):
    """A worker by name."""

    id: str
    name: str
    phone: str | None = None


class MainOut(PersonOut):
    """The main worker of a grid; `on_leave_until` is set while away for a known time."""

    on_leave: bool = False
    on_leave_until: datetime | None = None


class VacancyOut(BaseModel):
    """That a grid has had no main worker since a moment."""

    since: datetime


class AnsweringOut(PersonOut):
    """Who really answers now, and as what: main, backup, or cover for a leave."""

    role: AnsweringRole


class AnswerOut(BaseModel):
    """Who answers for a grid. All names are null, and `hidden` is true, outside one's jurisdiction."""

    main: MainOut | None = None
    vacancy: VacancyOut | None = None
    backup: PersonOut | None = None
    answers: AnsweringOut | None = None
    until: datetime | None = None
    hidden: bool = False


def answer_out(answer: Answer | None, *, visible: bool) -> AnswerOut:
    """An answer for the wire."""
    if answer is None:
        return AnswerOut()
    vacancy = VacancyOut(since=answer.since) if answer.main is None else None
    if not visible:
        return AnswerOut(vacancy=vacancy, hidden=True)
    return AnswerOut(
        main=_main(answer),
        vacancy=vacancy,
        backup=person_out(answer.backup),
        answers=_answering(answer),
        until=answer.until,
    )


def person_out(person: Person | None) -> PersonOut | None:
    """A worker for the wire."""
    return PersonOut(id=str(person.id), name=person.name, phone=person.phone) if person else None


def _main(answer: Answer) -> MainOut | None:
    main = answer.main
    if main is None:
        return None
    return MainOut(
        id=str(main.id),
        name=main.name,
        phone=main.phone,
        on_leave=answer.is_on_leave,
        on_leave_until=answer.on_leave_until,
    )


def _answering(answer: Answer) -> AnsweringOut | None:
    who = answer.answers
    if who is None or answer.role is None:
        return None
    return AnsweringOut(id=str(who.id), name=who.name, phone=who.phone, role=answer.role)
