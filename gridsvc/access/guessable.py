"""Passwords that are tried first, told by how they are made: no list of anybody's passwords is kept or shipped.

At the lengths we ask for, what is tried first is nearly all made in a few ways: a well-known word or two with a year, a
date or a few digits and signs around them; a walk over the keyboard; a piece said again and again; the number of a
mobile telephone. What can be cut into such pieces, with little left over, is guessable, however its letters are
written (p@ssw0rd). A sentence of one's own words is not, and no kind of sign is asked for.
"""

import re
from collections.abc import Iterable, Iterator, Set
from typing import Final

# Words of such passwords: English, Chinese as it is typed without its signs, and names of the product.
_WORDS = """
password passwd passwort pass word admin administrator administrador root user guest test testing tester demo default
system sysadmin manager master server service login welcome hello world letmein changeme change me secret private
access open super superman batman spiderman pokemon starwars naruto matrix ninja dragon monkey tiger lion eagle shadow
phoenix princess prince queen king angel devil jesus god love lover loveyou iloveyou iloveu loveme sweet honey baby
babygirl sunshine summer winter spring autumn flower butterfly rainbow cookie chocolate banana orange apple cheese
pepper ginger football baseball basketball soccer hockey liverpool arsenal chelsea barcelona realmadrid charlie
michael michelle jennifer jessica jordan daniel robert thomas william andrew ashley nicole amanda matthew joshua
whatever nothing trustno freedom internet computer samsung iphone huawei xiaomi google facebook youtube windows linux
microsoft oracle mysql postgres postgresql database cisco ubuntu debian centos tomcat jenkins docker company office
work home family happy lucky money china beijing shanghai shenzhen guangzhou hangzhou nanjing anhui hefei bengbu city
district street community grid gridsvc gridworker worker planner approver dispatcher commander handler duty government
police party people january february march april may june july august september october november december monday
tuesday wednesday thursday friday saturday sunday first second abc abcd abcde aaa qwe qwer asd asdf zxc zxcv qaz wsx
edc woaini woaiwo woaiziji woshishui wodemima woaibaobao woaijia wobuaini aini aiwo ainiyiwannian wangge wanggeyuan
shequ shequwangge jiedao shizhengfu zhengfu gongan mima denglu guanliyuan guanli ceshi xitong yonghu nihao nihaoma
zhongguo baobei baobao laopo laogong mama baba mingtian jintian kuaile xingfu pengyou zhangwei wangwei wangfang liwei
lina zhangmin lijing wangjing liuwei zhangli lijuan zhangyong zhang zhangsan lisi wangwu wang li liu chen yang zhao
huang zhou wu xu sun zhu lin guo gao luo zheng liang xie song tang han feng deng cao peng zeng xiao tian dong pan yuan
jiang cai jia wei xue ye yan yu du dai xia zhong fan fang shi yao tan liao zou xiong jin lu hao kong bai cui kang mao
qiu qin gu hou shao meng long wan duan qian tao yin qiao lai wen xiaoming xiaohong xiaoli weiwei lili tingting
"""
WORDS: Final = frozenset(_WORDS.split())
# How people write a letter by another sign; 1 stands for two of them.
_WRITTEN: Final = tuple(str.maketrans("@$!|0345781", "asiloeastb" + one) for one in "il")
_LINES: Final = (
    "1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "!@#$%^&*()_+", "0123456789", "789", "456", "123",
    "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,",
    "9ol.", "147", "258", "369", "159", "357", "abcdefghijklmnopqrstuvwxyz",
)  # fmt: skip
_WAYS: Final = "\n".join((*_LINES, *(line[::-1] for line in _LINES)))
# A whole date anywhere; a year, a day, a lucky number or one for calling help where the digits begin and end.
_KNOWN_NUMBERS: Final = re.compile(
    r"(?:19|20)\d\d[-./]?(?:0?[1-9]|1[0-2])[-./]?(?:0?[1-9]|[12]\d|3[01])"
    r"|(?<!\d)(?:(?:19|20)\d\d|(?:\d\d)?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"|(?:5201314|1314520|1314|520|521|168|110|119|12345))(?!\d)"
)
_AGAIN: Final = re.compile(r"(.{1,6}?)\1+", re.DOTALL)
_MOBILE: Final = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_LONGEST: Final = 40
_SHORTEST_WALK, _LONGEST_WORD = 3, 20
# What a piece adds to what must be guessed, and how much of it is too little.
_WORD, _LETTER, _SIGN, _SHORT_WALK = 5, 4, 2, 3
_ENOUGH: Final = 16


def is_guessable(password: str, *names: str) -> bool:
    """Whether the password is made as those are that are tried first; `names` count as well-known words."""
    plain = password.casefold().strip()
    if _AGAIN.fullmatch(plain) or _MOBILE.fullmatch(plain):
        return True
    return len(plain) <= _LONGEST and _left_to_guess(plain, WORDS | set(_parts(names))) < _ENOUGH


def _parts(names: Iterable[str]) -> Iterator[str]:
    """The names and what they are put together from."""
    for name in names:
        for part in (name, *re.split(r"[\W_\d]+", name)):
            if _SHORTEST_WALK <= len(part) <= _LONGEST_WORD:
                yield part.casefold()


def _left_to_guess(plain: str, words: Set[str]) -> int:
    """The least that any way of cutting the text into pieces leaves to be guessed."""
    written = {plain, *(plain.translate(table) for table in _WRITTEN)}
    least = [0] + [len(plain) * _WORD] * len(plain)
    for start in range(len(plain)):
        for end, cost in _pieces(plain, written, words, start):
            least[end] = min(least[end], least[start] + cost)
    return least[-1]


def _pieces(plain: str, written: Set[str], words: Set[str], start: int) -> Iterator[tuple[int, int]]:
    """Pieces that begin here: where each ends, and what it costs."""
    yield start + 1, _LETTER if plain[start].isalpha() else _SIGN
    if number := _KNOWN_NUMBERS.match(plain, start):
        yield number.end(), 0
    for end in range(start + 2, min(len(plain), start + _LONGEST_WORD) + 1):
        piece = plain[start:end]
        # Digits alone are no word, whatever letters they could stand for.
        if not piece.isdigit() and any(text[start:end] in words for text in written):
            yield end, _WORD
        if end - start < _SHORTEST_WALK:
            continue
        if piece in _WAYS:
            yield end, _SHORT_WALK if len(piece) == _SHORTEST_WALK else 0
        elif piece == piece[0] * len(piece):
            yield end, _SIGN
