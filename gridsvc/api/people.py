"""How people appear on the wire: only to those in whose jurisdiction they work."""

from datetime import datetime

from pydantic import BaseModel

from gridsvc.api.words import AnsweringRole
from gridsvc.people.answer import Answer, Person


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
