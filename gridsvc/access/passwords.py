"""Passwords: what a good one is, how it is kept, and those that are given for one use."""

import secrets
from functools import lru_cache
from typing import TYPE_CHECKING

from gridsvc.core.errors import Fault, WeakPassword

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SHORTEST = 10
LONGEST = 256
# Long enough for the length rule, and still among the first that anybody tries.
_COMMON = """
1234567890 0123456789 9876543210 0987654321 1234567891 12345678910 123456789a a123456789 1234567890a 123456789q
qwertyuiop 1qaz2wsx3edc qazwsxedcrfv 1q2w3e4r5t 1q2w3e4r5t6y qwerty12345 qwerty123456 asdfghjkl1 zxcvbnm123
password12 password123 password1234 passw0rd123 p@ssw0rd123 p@ssword123 administrator admin12345 admin123456
admin1234567 abc1234567 abc123456789 a1234567890 aa123456789 woaini1314 woaini1314520 5201314520 1314520520
iloveyou123 letmein1234 welcome123 welcome1234 changeme123 changeme1234 test123456 root123456 gridsvc123
gridsvc1234 zaq12wsxcde3 11223344556 1122334455 147258369a 1472583690 abcdefghij abcdefghijk abcd123456
"""
COMMON = frozenset(_COMMON.split())

# How the hash of a one-time password shows: by the memory it takes.
_QUICK_KB = 8192
_QUICK_MARK = f"$m={_QUICK_KB},"

# Without signs that are taken for each other when read out on the telephone.
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _GROUP = 3, 4


def check(password: str, username: str, *, place: str = "body.password") -> None:
    """Raise WeakPassword, at `place`, for what is too short, too long, the user name, one sign repeated, or common."""
    plain = password.casefold()
    rules = (
        (len(password) >= SHORTEST, "too_short", f"A password needs at least {SHORTEST} characters."),
        (len(password) <= LONGEST, "too_long", f"A password has at most {LONGEST} characters."),
        (username.casefold() not in (plain, plain[::-1]), "is_username", "The user name is no password."),
        (len(set(plain)) > 1, "one_sign", "The same sign again and again is no password."),
        (plain not in COMMON, "common", "This password is among those that are tried first."),
    )
    faults = [Fault(place, code, message) for is_kept, code, message in rules if not is_kept]
    if faults:
        raise WeakPassword(faults[0].message, faults=faults)


def hashed(password: str) -> str:
    """What is kept of a password."""
    return _hasher().hash(password)


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
