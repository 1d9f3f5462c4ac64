"""ETag and If-Match: the tag of what is edited is its revision, so that nobody overwrites what they never saw."""

import re
from typing import Annotated

from fastapi import Depends, Header, Request, Response

from gridsvc.core.errors import Fault, InvalidInput, PreconditionRequired
from gridsvc.core.revisions import ANYTHING, Expected

LONGEST_TAGS = 200
_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e]*)"')
_TAGS = re.compile(rf"\s*{_TAG.pattern}(\s*,\s*{_TAG.pattern})*\s*")

GivenTags = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=LONGEST_TAGS,
        description='The revision one has read, in quotes: "7". `*` overwrites whatever is there.',
        examples=['"7"'],
    ),
]


def expected(if_match: GivenTags = None) -> Expected:
    """What If-Match expects; raises PreconditionRequired without it, InvalidInput when it is no list of tags.

    A weak tag expects nothing (RFC 9110, 13.1.1): two weakly equal answers need not be the same revision.
    """
    if if_match is None:
        raise PreconditionRequired
    if if_match.strip() == "*":
        return ANYTHING
    if not _TAGS.fullmatch(if_match):
        raise InvalidInput(faults=[Fault("header.if-match", "not_a_tag", 'A tag is a revision in quotes, as in "7".')])
    strong = [name for weak, name in _TAG.findall(if_match) if not weak]
    return Expected(frozenset(int(name) for name in strong if re.fullmatch(r"[0-9]{1,18}", name)))


Expectation = Annotated[Expected, Depends(expected)]


def tag_of(revision: int) -> str:
    """The ETag of a revision."""
    return f'"{revision}"'


def tag(response: Response, revision: int) -> None:
    """Give an answer the tag of the revision it shows."""
    response.headers["ETag"] = tag_of(revision)


def is_known(request: Request, etag: str) -> bool:
    """Whether If-None-Match says that the sender has this state already; weak tags count here, as for any cache."""
    given = request.headers.get("if-none-match", "")
    if given.strip() == "*":
        return True
    wanted = etag.removeprefix("W/").strip('"')
    return any(name == wanted for _, name in _TAG.findall(given[: LONGEST_TAGS * 10]))
