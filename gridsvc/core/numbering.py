"""The order in which the grids of a community are numbered, and the Chinese names that follow from the numbers."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

# A row of grids is as high as this share of the mean distance between them: enough for a crooked street of grids,
# too little to swallow the row below.
ROW_SHARE = 0.7

_DIGITS = "零一二三四五六七八九"
LAST_ORDINAL = 999


def number_order(x_m: ArrayLike, y_m: ArrayLike, row_height_m: float | None = None) -> NDArray[np.intp]:
    """The indices of the points in the order of their numbers: west to east, then north to south, as one reads a page.

    Real places never share an exact northing, so they are read in rows: the northernmost point left opens a row, all
    points less than `row_height_m` south of it belong to it and are numbered from west to east; then the next
    row. Without a height, 0.7 of the mean distance between the points is taken. The result does not depend on the order
    of the input (equal points keep it). x and y are metres, one representative point for each grid.
    """
    x, y = np.asarray(x_m, dtype=np.float64), np.asarray(y_m, dtype=np.float64)
    if x.shape != y.shape or x.ndim != 1 or not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise ValueError("numbering needs as many finite x as y")
    height = _row_height(x, y) if row_height_m is None else row_height_m
    row = np.zeros(len(x), dtype=np.intp)
    top, count = np.inf, -1
    for index in np.argsort(-y, kind="stable"):
        if top - y[index] > height:
            top, count = y[index], count + 1
        row[index] = count
    return np.lexsort((-y, x, row))


def ordinal_name(n: int, noun: str = "网格") -> str:
    """The name of number n as it is spoken: 第一网格, 第十二网格, 第一百零三网格. Numbers from 1 to 999."""
    if not 1 <= n <= LAST_ORDINAL:
        raise ValueError(f"names run from 1 to {LAST_ORDINAL}")
    return f"第{_spoken(n)}{noun}"


def _row_height(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    if len(x) < 2:
        return 0.0
    return ROW_SHARE * float(np.sqrt(np.ptp(x) * np.ptp(y) / len(x)))


def _spoken(n: int) -> str:
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens == 1 and not hundreds:
        text += "十"  # 十二, but 一百一十二
    elif tens:
        text += f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")
