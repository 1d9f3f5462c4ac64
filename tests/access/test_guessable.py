"""Passwords that are tried first are known by how they are made; sentences and random signs are let through."""

import random
import string
from itertools import product

import pytest

from gridsvc.access.guessable import is_guessable
from gridsvc.access.passwords import SHORTEST

# Ours, made up of what such passwords are always made of; nobody's.
WORDS = ("password", "admin", "welcome", "qwerty", "iloveyou", "dragon", "woaini", "zhangwei", "shequ", "gridsvc")
ENDS = (
    *(str(year) for year in range(1970, 2031)), "123456", "123", "12345", "88", "888", "666", "520", "1314", "5201314",
    "@123", "!@#", "123!", "2024!", "19900101", "1990.1.1", "0101", "001", "abc", "qaz", "1qaz2wsx", "..", "!", "@2026",
)  # fmt: skip


def made_up() -> set[str]:
    """Words with what is put behind, in front and around them, in several ways of writing."""
    joined = {word + end for word, end in product(WORDS, ENDS)} | {end + word for word, end in product(WORDS, ENDS)}
    joined |= {first + second + end for first, second in product(WORDS, WORDS) for end in ("", "1", "12", "2026")}
    joined |= {each.capitalize() for each in joined} | {each.upper() for each in joined}
    joined |= {each.translate(str.maketrans("ao", "@0")) for each in joined}
    return {each for each in joined if len(each) >= SHORTEST}


def test_thousands_that_are_made_like_those_tried_first_are_refused() -> None:
    tried = made_up()
    assert len(tried) > 3000
    assert [each for each in tried if not is_guessable(each)] == []


@pytest.mark.parametrize(
    "bad",
    """
    1234567890 0987654321 1234567891 123456789a 1234567890q qwertyuiop 1qaz2wsx3edc qazwsxedcrfv 1q2w3e4r5t asdfghjkl1
    zxcvbnm123 passw0rd123 p@ssw0rd123 administrator abc1234567 aa123456789 woaini1314520 iloveyou123 letmein1234
    147258369a 1472583690 abcdefghijk aaaaaaaaab abc123abc123 13812345678 8613812345678 19900101zhang
    """.split(),  # noqa: SIM905 - a table of words
)
def test_walks_repetitions_dates_and_telephone_numbers_are_refused(bad: str) -> None:
    assert is_guessable(bad)


def test_a_name_is_a_well_known_word_to_whoever_knows_it() -> None:
    assert is_guessable("Mingzhu.2026", "mingzhu.he")
    assert not is_guessable("Mingzhu.on.the.roof", "mingzhu.he")


@pytest.mark.parametrize(
    "good",
    ["four plain words here", "correct-horse", "the river rises in may", "7 herons over the dyke", "一二三四五六七八",
     "chi mian bu chi fan", "k7mq-9xwp-3trd", "my password is a long one"],
)  # fmt: skip
def test_sentences_of_ones_own_are_let_through(good: str) -> None:
    assert not is_guessable(good)


@pytest.mark.parametrize(("signs", "most"), [(string.ascii_lowercase + string.digits, 2), (string.digits, 150)])
def test_what_is_random_is_hardly_ever_taken_for_made_up(signs: str, most: int) -> None:
    chance = random.Random(3)
    drawn = ["".join(chance.choices(signs, k=SHORTEST)) for _ in range(1000)]
    assert sum(map(is_guessable, drawn)) <= most
