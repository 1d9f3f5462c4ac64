"""Which side of a line a point lies on, and whether two segments cross: exactly, whatever the rounding.

The filter and the expansions are those of Shewchuk, "Adaptive Precision Floating-Point Arithmetic and Fast Robust
Geometric Predicates" (1997). Exact as long as no product underflows: coordinates differ by 0 or more than 1e-140.
"""

import numpy as np

from gridsvc.core.locate.compiled import inner
from gridsvc.core.locate.layout import Number, Numbers

# (3 + 16 eps) eps, with eps half a unit in the last place: above it the sign of the rounded determinant is right.
ERROR_BOUND = 3.3306690738754716e-16
_SPLITTER = 134217729.0  # 2**27 + 1


@inner
def side(ax: Number, ay: Number, bx: Number, by: Number, px: Number, py: Number) -> Number:
    """1 if p lies left of the line from a to b, -1 right of it, 0 on it."""
    left = (ax - px) * (by - py)
    right = (ay - py) * (bx - px)
    determinant = left - right
    bound = ERROR_BOUND * (abs(left) + abs(right))
    if determinant > bound:
        return 1
    if determinant < -bound:
        return -1
    return exact_side(ax, ay, bx, by, px, py)


@inner
def exact_side(ax: Number, ay: Number, bx: Number, by: Number, px: Number, py: Number) -> Number:
    """`side` by summing its six products without any rounding."""
    terms = np.zeros(12)
    n = _add_product(terms, np.int64(0), ax, by)
    n = _add_product(terms, n, -ax, py)
    n = _add_product(terms, n, -px, by)
    n = _add_product(terms, n, -ay, bx)
    n = _add_product(terms, n, ay, px)
    n = _add_product(terms, n, py, bx)
    for i in range(n - 1, -1, -1):
        if terms[i] > 0:
            return 1
        if terms[i] < 0:
            return -1
    return 0


@inner
def _add_product(terms: Numbers, n: Number, a: Number, b: Number) -> Number:
    """Adds a times b to an expansion of n terms, smallest first; gives the new number of terms."""
    product = a * b
    a_high = _high(a)
    b_high = _high(b)
    a_low = a - a_high
    b_low = b - b_high
    rest = a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)
    _add(terms, n, rest)
    _add(terms, n + 1, product)
    return n + 2


@inner
def _high(a: Number) -> Number:
    """The upper half of the digits of a."""
    shifted = _SPLITTER * a
    return shifted - (shifted - a)


@inner
def _add(terms: Numbers, n: Number, value: Number) -> None:
    for i in range(n):
        term = terms[i]
        total = value + term
        virtual = total - value
        terms[i] = (value - (total - virtual)) + (term - virtual)
        value = total
    terms[n] = value


@inner
def is_on(ax: Number, ay: Number, bx: Number, by: Number, px: Number, py: Number) -> Number:
    """Whether p lies on the closed segment from a to b."""
    return min(ax, bx) <= px <= max(ax, bx) and min(ay, by) <= py <= max(ay, by) and side(ax, ay, bx, by, px, py) == 0


@inner
def crosses(ax: Number, ay: Number, bx: Number, by: Number, px: Number, py: Number, qx: Number, qy: Number) -> Number:
    """Whether the way from p to q, neither of them on the edge ab, crosses it; an end of it on the way counts as left.

    So the edges of a ring are crossed an odd number of times exactly when one of p and q is inside. If p or q lies on
    the line of the edge but not on the edge, both ends are on one side of the way, or on it: no crossing.
    """
    p_side = side(ax, ay, bx, by, px, py)
    if p_side == 0 or p_side != -side(ax, ay, bx, by, qx, qy):
        return False
    return (side(px, py, qx, qy, ax, ay) >= 0) != (side(px, py, qx, qy, bx, by) >= 0)
