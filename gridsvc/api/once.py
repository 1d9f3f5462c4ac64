"""Creates that may be sent twice: the answer to a key is stored with what it did and given again."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Header, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.infra.idempotency import StoredAnswer, answer_once

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="Any text of the sender's own. Sent again with the same body, the same answer comes back.",
        examples=["9b2f6c1e-5b0c-4e0e-9c38-0c1f7f0a2a11"],
    ),
]


def created(
    session: Session, *, actor: Actor, route: str, key: str | None, body: bytes, make: Callable[[], BaseModel]
) -> Response:
    """201 with what `make` created, or the answer already given to this key. Without a key it is simply made."""

    def made() -> StoredAnswer:
        return StoredAnswer(201, make().model_dump_json().encode())

    if key is None:
        answer = made()
    else:
        principal = f"account:{actor.account_id}:{route}"
        answer = answer_once(session, principal=principal, key=key, request=body, make=made)
    headers = {"Idempotency-Replayed": "true"} if answer.repeated else None
    return Response(answer.body, status_code=answer.status, media_type="application/json", headers=headers)
