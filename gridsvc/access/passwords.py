"""Passwords: what a good one is, how it is kept, and those that are given for one use."""

import secrets
from functools import lru_cache
from typing import TYPE_CHECKING

from gridsvc.access.guessable import is_guessable
from gridsvc.core.errors import Fault, WeakPassword

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SHORTEST = 10
LONGEST = 256
# How the hash of a one-time password shows: by the memory it takes.
_QUICK_KB = 8192
_QUICK_MARK = f"$m={_QUICK_KB},"

# Without signs that are taken for each other when read out on the telephone.
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _GROUP = 3, 4


def check(password: str, username: str, *, place: str = "body.password") -> None:
    """Raise WeakPassword, at `place`, for what is too short or long, the user name, one sign, or guessable."""
    plain = password.casefold()
    rules = (
        (len(password) >= SHORTEST, "too_short", f"A password needs at least {SHORTEST} characters."),
        (len(password) <= LONGEST, "too_long", f"A password has at most {LONGEST} characters."),
        (username.casefold() not in (plain, plain[::-1]), "is_username", "The user name is no password."),
        (len(set(plain)) > 1, "one_sign", "The same sign again and again is no password."),
        (not is_guessable(password, username), "common", "This password is made like those that are tried first."),
    )
    faults = [Fault(place, code, message) for is_kept, code, message in rules if not is_kept]
    if faults:
        raise WeakPassword(faults[0].message, faults=faults)


def hashed(password: str) -> str:
    """What is kept of a password."""
    return _hasher().hash(password)


def is_outdated(kept: str) -> bool:
    """Whether a slow hash was made at another cost than today's, so that the next login should make it anew."""
    return _QUICK_MARK not in kept and _hasher().current_hasher.check_needs_rehash(kept)


def one_time_hashed(password: str) -> str:
    """What is kept of a password from `one_time`, which is random: it needs no slow hash, and imports need hundreds."""
    return _quick_hasher().hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether it is the password; no, when there is no account (None) or nothing that a password could match is kept.

    In every case one slow and one quick hash are worked out, so that the time tells nothing about the account.
    """
    slow, quick = _stand_in_hash(), _quick_stand_in_hash()
    is_quick = kept is not None and _QUICK_MARK in kept
    if kept is not None and kept.startswith("$argon2id$"):
        slow, quick = (slow, kept) if is_quick else (kept, quick)
    fits_slow, fits_quick = _hasher().verify(password, slow), _quick_hasher().verify(password, quick)
    return fits_quick if is_quick else fits_slow


def one_time() -> str:
    """A fresh password to be told to somebody once, of 59 random bits in groups that can be read out."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))


@lru_cache
def _hasher() -> "PasswordHash":
    from pwdlib import PasswordHash  # argon2 is loaded by the first login, not by an idle service

    return PasswordHash.recommended()


@lru_cache
def _quick_hasher() -> "PasswordHash":
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    return PasswordHash((Argon2Hasher(time_cost=1, memory_cost=_QUICK_KB, parallelism=1),))


@lru_cache
def _stand_in_hash() -> str:
    """A slow hash of nothing that anybody knows."""
    return _hasher().hash(secrets.token_urlsafe(16))


@lru_cache
def _quick_stand_in_hash() -> str:
    """A quick hash of nothing that anybody knows."""
    return _quick_hasher().hash(secrets.token_urlsafe(16))
