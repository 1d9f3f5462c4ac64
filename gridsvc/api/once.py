"""Creates that may be sent twice: the answer to a key is stored with what it did and given again."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import Header, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.infra.idempotency import StoredAnswer, answer_once

Made = TypeVar("Made", bound=BaseModel)

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
    session: Session,
    *,
    actor: Actor,
    route: str,
    key: str | None,
    body: bytes,
    make: Callable[[], Made],
    location: Callable[[Made], str] | None = None,
    etag: Callable[[Made], str] | None = None,
    status: int = 201,
) -> Response:
    """What `make` created, with its Location and ETag, or the answer already given to this key, all of it.

    Without a key it is simply made. A refusal leaves the key free. `route` names the create together with whatever it
    is created in (`f"plans/{plan_id}/operations"`), so that one key in two places is two keys.
    """

    def made() -> StoredAnswer:
        thing = make()
        return StoredAnswer(
            status,
            thing.model_dump_json(by_alias=True).encode(),
            location(thing) if location else None,
            etag(thing) if etag else None,
        )

    if key is None:
        answer = made()
    else:
        principal = f"account:{actor.account_id}:{route}"
        answer = answer_once(session, principal=principal, key=key, request=body, make=made)
    headers = {"Location": answer.location, "ETag": answer.etag}
    headers |= {"Idempotency-Replayed": "true" if answer.repeated else None}
    return Response(
        answer.body,
        status_code=answer.status,
        media_type="application/json",
        headers={name: value for name, value in headers.items() if value is not None},
    )
