"""How fast passwords may be tried: failures under a name and from an address make the next attempt wait.

Counts are rows of the database, so that all processes agree and a restart forgets nothing. A name that belongs to
nobody is counted like any other. Nobody is ever locked out: the wait under a name is at most `NAME.longest_s`, shorter
than the one of a single address that keeps trying, so that the owner of the name finds the door open in between.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy.orm import Session

from gridsvc.access.queries import failures
from gridsvc.core.errors import TooManyAttempts

FORGOTTEN_AFTER = timedelta(hours=1)
MOST_KEPT = 20_000
NETWORK_BITS = 64


@dataclass(frozen=True)
class Rule:
    """From the failure number `free` on the wait is 1 s and doubles with each further one up to `longest_s`."""

    free: int
    longest_s: float


NAME = Rule(free=5, longest_s=60.0)
# Many people share the address of an office; a login that succeeds takes half of its count away.
ADDRESS = Rule(free=30, longest_s=300.0)


@dataclass(frozen=True)
class Door:
    """What an attempt is counted under: the name, and the address it came from unless that is this machine."""

    name: bytes
    address: bytes | None

    @property
    def rules(self) -> Mapping[bytes, Rule]:
        """The rule of each key."""
        return {self.name: NAME} | ({self.address: ADDRESS} if self.address else {})


def door(username: str, address: str | None) -> Door:
    """The door an attempt comes to. This machine's own address stands for everybody behind an undeclared proxy."""
    network = _network(address)
    return Door(_key("name", username.casefold()), _key("address", network) if network else None)


def pass_through(session: Session, at_door: Door, now: datetime) -> None:
    """Let one attempt in, and others on the same name wait until the transaction ends; raises TooManyAttempts."""
    failures.one_at_a_time(session, at_door.name)
    closed_until = failures.closed_until(session, list(at_door.rules))
    if closed_until is not None and closed_until > now:
        raise TooManyAttempts(retry_after_s=int((closed_until - now).total_seconds()) + 1)


def note_failure(session: Session, at_door: Door, now: datetime) -> None:
    """Count a failed attempt."""
    forgotten = now - FORGOTTEN_AFTER
    for key, rule in at_door.rules.items():
        count = failures.note(session, key, now, forgotten=forgotten, free=rule.free, longest_s=rule.longest_s)
        if count == 1 and key[0] == 0:  # one new key in 256, for looking at all of them is not free
            failures.prune(session, forgotten=forgotten, most=MOST_KEPT)


def note_success(session: Session, at_door: Door) -> None:
    """Forget the failures under the name, and half of those of the address."""
    failures.clear(session, at_door.name)
    if at_door.address:
        failures.halve(session, at_door.address)


def _key(kind: str, value: str) -> bytes:
    return hashlib.sha256(f"{kind}:{value}".encode("utf-8", "replace")).digest()


def _network(address: str | None) -> str | None:
    """The address, or of IPv6 the network that one household has; None for this machine and for what is none."""
    try:
        known = ip_address(address or "")
    except ValueError:
        return None
    if known.is_loopback:
        return None
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped:
            return _network(str(known.ipv4_mapped))
        return str(ip_network((int(known), NETWORK_BITS), strict=False))
    return str(known)
