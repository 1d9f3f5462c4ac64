"""How fast passwords may be tried: failures under a name and from an address make the next attempt wait.

Counts are rows of the database, so that all processes agree and a restart forgets nothing. A name that belongs to
nobody is counted like any other.

Nobody is ever locked out. Failures under a name make that address wait which they came from. What all addresses try
under one name is bounded too, in two lanes: those that have used up their slips share one that gets slow, and whoever
has not, the owner of the name among them, is kept waiting by a crowd of such addresses alone, and for seconds.
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


# Under one name: from one address, and from all that have, or have not, used up the slips which that leaves free.
SLIPS = Rule(free=5, longest_s=60.0)
PERSISTENT = Rule(free=20, longest_s=60.0)
NEWCOMERS = Rule(free=100, longest_s=10.0)
# Under all names. Many people share the address of an office.
ADDRESS = Rule(free=30, longest_s=300.0)


@dataclass(frozen=True)
class Door:
    """What an attempt is counted under; `address` is None for this machine's own, which stands for everybody."""

    name: bytes
    slips: bytes
    persistent: bytes
    newcomers: bytes
    address: bytes | None

    def rules(self, slips: int) -> Mapping[bytes, Rule]:
        """The rule of each key that counts for whoever has made so many slips."""
        lane = {self.newcomers: NEWCOMERS} if slips < SLIPS.free else {self.persistent: PERSISTENT}
        return {self.slips: SLIPS} | lane | ({self.address: ADDRESS} if self.address else {})


def door(username: str, address: str | None) -> Door:
    """The door an attempt comes to. This machine's own address stands for everybody behind an undeclared proxy."""
    name, network = username.casefold(), _network(address)
    return Door(
        name=_key("name", name),
        slips=_key("slips", f"{network or ''} {name}"),
        persistent=_key("persistent", name),
        newcomers=_key("newcomers", name),
        address=_key("address", network) if network else None,
    )


def pass_through(session: Session, at_door: Door, now: datetime) -> None:
    """Let one attempt in, and others on the same name wait until the transaction ends; raises TooManyAttempts."""
    wait_for_others(session, at_door)
    closed_until = failures.closed_until(session, list(at_door.rules(_slips(session, at_door, now))))
    if closed_until is not None and closed_until > now:
        raise TooManyAttempts(retry_after_s=int((closed_until - now).total_seconds()) + 1)


def wait_for_others(session: Session, at_door: Door) -> None:
    """Wait for whoever else is at the door of the name, and keep others waiting until the transaction ends."""
    failures.one_at_a_time(session, at_door.name)


def note_failure(session: Session, at_door: Door, now: datetime) -> None:
    """Count a failed attempt."""
    forgotten = now - FORGOTTEN_AFTER
    for key, rule in at_door.rules(_slips(session, at_door, now)).items():
        count = failures.note(session, key, now, forgotten=forgotten, free=rule.free, longest_s=rule.longest_s)
        if count == 1 and key[0] == 0:  # one new key in 256, for looking at all of them is not free
            failures.prune(session, forgotten=forgotten, most=MOST_KEPT)


def note_success(session: Session, at_door: Door, now: datetime) -> None:
    """Forget the slips under the name from that address, and of the address's failures those alone.

    Whoever guesses under other names does not become trusted by logging in under their own.
    """
    if at_door.address:
        failures.take_away(session, at_door.address, _slips(session, at_door, now))
    failures.clear(session, at_door.slips)


def _slips(session: Session, at_door: Door, now: datetime) -> int:
    return failures.count(session, at_door.slips, now - FORGOTTEN_AFTER)


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
