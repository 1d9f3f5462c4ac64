"""The improvement of a division, compiled: simulated annealing by moving, exchanging and recombining blocks.

Every state on the way is a division into connected parts, none of them empty. A part loses a block only if the rest
still hangs together; two neighbouring parts are recombined by cutting a random spanning tree of both where they come
out balanced (the idea of ReCom, DeFord, Duchin and Solomon 2021). All in one file, so that numba's cache notices
changes.
"""

from typing import Any, NamedTuple, TypeAlias

import numba
import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

# Of a thousand steps so many recombine two parts, and so many exchange two blocks; the others move one block.
RECOMBINATIONS, EXCHANGES = 12, 200
# Being off by more than the tolerance costs so much more than the square of the deviation: other wishes give way.
_BEYOND = 200.0
_FARTHEST = 9223372036854775807

_inner = numba.njit(cache=True, nogil=True, error_model="numpy")


class Ground(NamedTuple):
    """The graph by rows, with `joined` where blocks hang together and `cost` of a border there; and what balances.

    `home` is the part a block is in today (-1: none), `attach` what moving it away costs.
    """

    start: Any
    near: Any
    joined: Any
    cost: Any
    weight: Any
    home: Any
    attach: Any
    target: Any
    tolerance: Any
    balance: Any


class State(NamedTuple):
    """A division, with the weight and the number of blocks of each part."""

    part: Any
    load: Any
    size: Any


class Scratch(NamedTuple):
    """Room to work in: marks and a queue for walks, the blocks of two parts with their tree, random numbers."""

    queue: Any
    mark: Any
    stamp: Any
    place: Any
    members: Any
    tree: Any
    sums: Any
    random: Any


@_inner
def _bits(random: Any) -> Any:
    """The next 64 bits of xorshift64*."""
    x = random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    random[0] = x
    return x * np.uint64(2685821657736338717)


@_inner
def _below(random: Any, n: Any) -> Any:
    """A random whole number from 0 to n - 1."""
    return np.int64((_bits(random) >> np.uint64(11)) % np.uint64(n))


@_inner
def _unit(random: Any) -> Any:
    """A random number in [0, 1)."""
    return np.float64(_bits(random) >> np.uint64(11)) / 9007199254740992.0


@_inner
def _strain(ground: Any, load: Any) -> Any:
    """What a part's deviation costs: 1 at the tolerance, and steeply more beyond it."""
    off = abs(load / ground.target - 1.0) / ground.tolerance
    over = max(0.0, off - 1.0)
    return ground.balance * (off * off + _BEYOND * over * over)


@_inner
def _strain_change(ground: Any, state: Any, p: Any, q: Any, shifted: Any) -> Any:
    """How the cost of deviations changes when weight goes from p to q."""
    before = _strain(ground, state.load[p]) + _strain(ground, state.load[q])
    return _strain(ground, state.load[p] - shifted) + _strain(ground, state.load[q] + shifted) - before


@_inner
def _move_change(ground: Any, part: Any, node: Any, to: Any) -> Any:
    """How borders and changes against today cost more or less when a block goes to another part."""
    mine = part[node]
    change = 0.0
    for edge in range(ground.start[node], ground.start[node + 1]):
        if part[ground.near[edge]] == mine:
            change += ground.cost[edge]
        elif part[ground.near[edge]] == to:
            change -= ground.cost[edge]
    if ground.home[node] == mine:
        change += ground.attach[node]
    elif ground.home[node] == to:
        change -= ground.attach[node]
    return change


@_inner
def _holds(ground: Any, part: Any, node: Any, scratch: Any) -> Any:
    """Whether the rest of a block's part hangs together without it; False if there is no rest."""
    mine, mark, queue = part[node], scratch.mark, scratch.queue
    scratch.stamp[0] += 2
    wanted_stamp, seen = scratch.stamp[0], scratch.stamp[0] + 1
    wanted, first = 0, -1
    for edge in range(ground.start[node], ground.start[node + 1]):
        other = ground.near[edge]
        if ground.joined[edge] and part[other] == mine:
            mark[other] = wanted_stamp
            wanted += 1
            first = other
    if wanted <= 1:
        return wanted == 1
    queue[0], mark[first] = first, seen
    found, head, tail = 1, 0, 1
    while head < tail:
        at = queue[head]
        head += 1
        for edge in range(ground.start[at], ground.start[at + 1]):
            other = ground.near[edge]
            if ground.joined[edge] and other != node and part[other] == mine and mark[other] != seen:
                if mark[other] == wanted_stamp:
                    found += 1
                    if found == wanted:
                        return True
                mark[other] = seen
                queue[tail] = other
                tail += 1
    return False


@_inner
def _touches(ground: Any, part: Any, node: Any, to: Any) -> Any:
    for edge in range(ground.start[node], ground.start[node + 1]):
        if ground.joined[edge] and part[ground.near[edge]] == to:
            return True
    return False


@_inner
def _move(ground: Any, state: Any, scratch: Any, node: Any, to: Any, threshold: Any) -> Any:
    """Moves one block if that costs no more than the threshold; what it costs."""
    part, p = state.part, state.part[node]
    change = _move_change(ground, part, node, to) + _strain_change(ground, state, p, to, ground.weight[node])
    if state.size[p] < 2 or change > threshold or not _holds(ground, part, node, scratch):
        return 0.0
    part[node] = to
    state.size[p] -= 1
    state.size[to] += 1
    state.load[p] -= ground.weight[node]
    state.load[to] += ground.weight[node]
    return change


@_inner
def _exchange(ground: Any, state: Any, scratch: Any, node: Any, beside: Any, threshold: Any) -> Any:
    """Exchanges a block with one of the neighbouring part, at or beside its neighbour there; what it costs."""
    part, p, q = state.part, state.part[node], state.part[beside]
    row = ground.start[beside]
    other = ground.near[row + _below(scratch.random, ground.start[beside + 1] - row)]
    if part[other] != q:
        other = beside
    shifted = ground.weight[node] - ground.weight[other]
    change = _strain_change(ground, state, p, q, shifted) + _move_change(ground, part, node, q)
    if state.size[p] < 2 or not _holds(ground, part, node, scratch):
        return 0.0
    part[node] = q
    change += _move_change(ground, part, other, p)
    if change > threshold or not _touches(ground, part, other, p) or not _holds(ground, part, other, scratch):
        part[node] = p
        return 0.0
    part[other] = p
    state.load[p] -= shifted
    state.load[q] += shifted
    return change


@_inner
def _tree(ground: Any, scratch: Any, count: Any) -> Any:
    """A random spanning tree of the members (Prim by random lengths): their order and parents; False if apart."""
    order, parent, key, done, best = scratch.tree
    for i in range(count):
        done[i], key[i], best[i] = 0, _FARTHEST, -1
    key[_below(scratch.random, count)] = 0
    for step in range(count):
        at = -1
        for i in range(count):
            if done[i] == 0 and (at < 0 or key[i] < key[at]):
                at = i
        if key[at] == _FARTHEST:
            return False
        done[at] = 1
        order[step], parent[at] = at, best[at]
        node = scratch.members[at]
        for edge in range(ground.start[node], ground.start[node + 1]):
            i = scratch.place[ground.near[edge]]
            if ground.joined[edge] and i >= 0 and done[i] == 0:
                length = np.int64(1) + np.int64(_bits(scratch.random) >> np.uint64(2))
                if length < key[i]:
                    key[i], best[i] = length, at
    return True


@_inner
def _cut_tree(ground: Any, scratch: Any, count: Any) -> None:
    """Cuts the tree where both sides are balanced; the side below the cut is marked 1 in the fourth row, others 0.

    One of the good cuts is taken, not always the best: that one would be found again and again.
    """
    order, parent, _, side, _ = scratch.tree
    sums, total = scratch.sums, 0.0
    for i in range(count):
        sums[i] = ground.weight[scratch.members[i]]
        total += sums[i]
    for step in range(count - 1, 0, -1):
        sums[parent[order[step]]] += sums[order[step]]
    slack = 0.15 * _unit(scratch.random) * ground.target
    best, best_off = -1, np.inf
    for step in range(1, count):
        off = max(0.0, abs(sums[order[step]] - total / 2) - slack) + 1e-9 * ground.target * _unit(scratch.random)
        if off < best_off:
            best, best_off = order[step], off
    for step in range(count):
        i = order[step]
        side[i] = 1 if i == best else (0 if parent[i] < 0 else side[parent[i]])


@_inner
def _recombined_change(ground: Any, state: Any, scratch: Any, count: Any, p: Any, q: Any) -> Any:
    """What the two sides of the cut would cost more, which of them becomes p, and its weight."""
    side, part = scratch.tree[3], state.part
    stay = np.zeros(2)
    load, change = np.zeros(2), 0.0
    for a in range(count):
        node = scratch.members[a]
        load[side[a]] += ground.weight[node]
        if ground.home[node] == p:
            stay[side[a]] += ground.attach[node]
        elif ground.home[node] == q:
            stay[1 - side[a]] += ground.attach[node]
        if ground.home[node] == part[node]:
            change += ground.attach[node]  # as if all were moved; those that stay are taken off below
        for edge in range(ground.start[node], ground.start[node + 1]):
            b = scratch.place[ground.near[edge]]
            if b > a:
                change += ground.cost[edge] * ((side[b] != side[a]) - (part[ground.near[edge]] != part[node]))
    first = 1 if stay[1] > stay[0] else 0
    change -= stay[first]
    change += _strain_change(ground, state, p, q, state.load[p] - load[first])
    return change, first, load[first]


@_inner
def _recombine(ground: Any, state: Any, scratch: Any, p: Any, q: Any, threshold: Any) -> Any:
    """Divides two neighbouring parts anew if that costs no more than the threshold; what it costs."""
    part, members, count = state.part, scratch.members, 0
    for node in range(len(part)):
        if part[node] == p or part[node] == q:
            members[count] = node
            scratch.place[node] = count
            count += 1
    taken = 0.0
    if _tree(ground, scratch, count):
        _cut_tree(ground, scratch, count)
        change, first, load = _recombined_change(ground, state, scratch, count, p, q)
        if change <= threshold:
            taken, size = change, 0
            for a in range(count):
                is_first = scratch.tree[3][a] == first
                part[members[a]] = p if is_first else q
                size += is_first
            state.size[p], state.size[q] = size, count - size
            state.load[q] += state.load[p] - load
            state.load[p] = load
    for a in range(count):
        scratch.place[members[a]] = -1
    return taken


@_inner
def _energy(ground: Any, state: Any) -> Any:
    """What a division costs: deviations, borders and changes against today."""
    part, energy = state.part, 0.0
    for node in range(len(part)):
        if ground.home[node] >= 0 and ground.home[node] != part[node]:
            energy += ground.attach[node]
        for edge in range(ground.start[node], ground.start[node + 1]):
            if ground.near[edge] > node and part[ground.near[edge]] != part[node]:
                energy += ground.cost[edge]
    for load in state.load:
        energy += _strain(ground, load)
    return energy


@_inner
def _search(ground: Any, state: Any, scratch: Any, hot: Any, cold: Any, steps: Any) -> Any:
    """Anneals from hot to cold and leaves the best division met; its energy."""
    part, random = state.part, scratch.random
    energy = _energy(ground, state)
    best, best_energy = part.copy(), energy
    heat, cooling = hot, (cold / hot) ** (1.0 / max(steps, 1))
    for _ in range(steps):
        heat *= cooling
        node = _below(random, len(part))
        row = ground.start[node]
        if ground.start[node + 1] == row:
            continue
        edge = row + _below(random, ground.start[node + 1] - row)
        beside = ground.near[edge]
        p, q = part[node], part[beside]
        if p == q or not ground.joined[edge]:
            continue
        threshold = -heat * np.log(1.0 - _unit(random))
        kind = _below(random, 1000)
        if kind < RECOMBINATIONS:
            energy += _recombine(ground, state, scratch, p, q, threshold)
        elif kind < RECOMBINATIONS + EXCHANGES:
            energy += _exchange(ground, state, scratch, node, beside, threshold)
        else:
            energy += _move(ground, state, scratch, node, q, threshold)
        if energy < best_energy - 1e-9:
            best_energy = energy
            best[:] = part
    part[:] = best
    return best_energy


def _anneal(
    start: Any, near: Any, joined: Any, cost: Any, weight: Any, part: Any, home: Any, attach: Any,
    parts: Any, terms: Any, steps: Any, seed: Any,
) -> Any:  # fmt: skip
    """Improves `part` in place and gives its energy; the same for the same seed, and what is left is the best met.

    `terms`: target weight, tolerance, weight of balance, first and last temperature. Every part must be connected and
    none empty.
    """
    n = len(weight)
    ground = Ground(start, near, joined, cost, weight, home, attach, terms[0], terms[1], terms[2])
    state = State(part, np.zeros(parts), np.zeros(parts, np.int64))
    for node in range(n):
        state.load[part[node]] += weight[node]
        state.size[part[node]] += 1
    random = np.empty(1, np.uint64)
    random[0] = (seed * np.uint64(2862933555777941757) + np.uint64(3037000493)) | np.uint64(1)
    scratch = Scratch(
        np.empty(n, np.int64), np.zeros(n, np.int64), np.zeros(1, np.int64), np.full(n, -1, np.int64),
        np.empty(n, np.int64), np.empty((5, n), np.int64), np.empty(n), random,
    )  # fmt: skip
    return _search(ground, state, scratch, terms[3], terms[4], steps)


anneal = numba.njit(
    "float64(int64[::1], int64[::1], boolean[::1], float64[::1], float64[::1], int64[::1], int64[::1], float64[::1],"
    " int64, float64[::1], int64, uint64)",
    cache=True,
    nogil=True,
    error_model="numpy",
)(_anneal)
