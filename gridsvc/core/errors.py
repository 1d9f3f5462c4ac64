"""The errors of the service: each class is one kind of fault with a stable code and a default message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One place where input is wrong: `place` is a field ("body.x"), a row ("line 7") or a feature ("feature 3")."""

    place: str
    code: str
    message: str
    geometry: Mapping[str, Any] | None = field(default=None, compare=False)


class GridsvcError(Exception):
    """Something went wrong in gridsvc."""

    code = "internal"
    # The details that whoever asked is told beside the message.
    told: tuple[str, ...] = ()

    def __init__(self, message: str | None = None, *, faults: Sequence[Fault] = (), **details: Any) -> None:
        self.message = message or (type(self).__doc__ or "").strip().splitlines()[0]
        self.faults = tuple(faults)
        self.details = details
        super().__init__(self.message)


class InvalidInput(GridsvcError):
    """The input is not valid."""

    code = "invalid_input"


class InvalidCoordinate(InvalidInput):
    """A coordinate is not a finite number inside the range of its reference system."""

    code = "invalid_coordinate"


class UnknownDatum(InvalidInput):
    """The reference system is not declared, not known, or has no trustworthy conversion."""

    code = "unknown_datum"


class InvalidGeometry(InvalidInput):
    """The geometry is broken; the place of the fault is given and nothing was repaired."""

    code = "invalid_geometry"


class InvalidCode(InvalidInput):
    """The code does not follow its scheme."""

    code = "invalid_code"


class UnknownCommunity(InvalidInput):
    """The community is not registered."""

    code = "unknown_community"


class CodesExhausted(GridsvcError):
    """The community has used all 999 sequence numbers; numbers are never given twice."""

    code = "codes_exhausted"


class CodeTaken(GridsvcError):
    """The code belongs to another grid, now or in the past, and is never given again."""

    code = "code_taken"


class NetHasFaults(GridsvcError):
    """The grids do not cover their communities exactly; nothing was imported. The report names each fault."""

    code = "net_has_faults"


class UnreadableFile(InvalidInput):
    """The file cannot be read as what it claims to be."""

    code = "unreadable_file"


class MissingField(InvalidInput):
    """The file has no such field, or nobody said which field holds what is needed."""

    code = "missing_field"


class WeakPassword(InvalidInput):
    """The password is too short, is the user name, or is among those that are tried first."""

    code = "weak_password"


class NodeUnderItself(InvalidInput):
    """A node of the management tree cannot be run from a node below itself."""

    code = "node_under_itself"


class NotFound(GridsvcError):
    """There is nothing here under that name, or it lies outside what you may see."""

    code = "not_found"


class Unauthenticated(GridsvcError):
    """Please log in first."""

    code = "unauthenticated"


class TokenExpired(Unauthenticated):
    """The token is past its end date."""

    code = "token_expired"


class TokenRevoked(Unauthenticated):
    """The token was taken back."""

    code = "token_revoked"


class WrongCredentials(GridsvcError):
    """User name or password is wrong."""

    code = "wrong_credentials"


class Forbidden(GridsvcError):
    """Your role does not allow this."""

    code = "forbidden"


class PasswordChangeRequired(Forbidden):
    """The password was given for one use; please choose your own first."""

    code = "password_change_required"


class Conflict(GridsvcError):
    """Somebody else changed this at the same time."""

    code = "conflict"


class LastAdministrator(Conflict):
    """Nobody would be left who may manage accounts and rights of the whole city; nothing was changed."""

    code = "last_administrator"


class KeyReused(Conflict):
    """This Idempotency-Key was already used with another body."""

    code = "idempotency_key_reused"


class KeyInFlight(Conflict):
    """A request with this Idempotency-Key is being worked on; ask again in a moment."""

    code = "idempotency_key_in_flight"


class Stale(GridsvcError):
    """This was changed since you read it; nothing was stored. Read it again and repeat your change."""

    code = "stale"


class PreconditionRequired(GridsvcError):
    """Say with If-Match which revision your change was made on."""

    code = "precondition_required"


class TooManyRequests(GridsvcError):
    """Too many requests; Retry-After says when to ask again."""

    code = "too_many_requests"


class TooManyAttempts(TooManyRequests):
    """Too many logins failed under this name or from this address; wait a moment and try again."""

    code = "too_many_attempts"


class ServiceUnavailable(GridsvcError):
    """The service cannot answer now; nothing was stored. Try again later."""

    code = "unavailable"


class StorageFull(ServiceUnavailable):
    """The disk of the service is nearly full; nothing was stored, and what is stored can be read. Try again later."""

    code = "storage_full"


class InstallationFault(GridsvcError):
    """The installation is incomplete."""

    code = "installation"
