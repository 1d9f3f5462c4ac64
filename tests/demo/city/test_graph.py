"""Dividing a graph: parts are connected, whole, near their shares, and none is below the least size."""

import numpy as np
import pytest

from gridsvc.demo.city.graph import Graph, components, divide, join_fragments, make_graph, stays_connected


def lattice(width: int, height: int) -> Graph:
    """Squares in rows, each bound to the squares beside it."""
    node = np.arange(width * height).reshape(height, width)
    across = np.column_stack([node[:, :-1].ravel(), node[:, 1:].ravel()])
    down = np.column_stack([node[:-1].ravel(), node[1:].ravel()])
    pairs = np.vstack([across, down])
    return make_graph(width * height, np.vstack([pairs, pairs[:, ::-1]]), np.full(2 * len(pairs), 10))


def labels_of(picture: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([ord(letter) - ord("A") for letter in picture.replace("/", "")], dtype=np.int64)


def is_connected(graph: Graph, labels: np.ndarray[tuple[int], np.dtype[np.int64]]) -> bool:
    return len(np.unique(components(graph, labels))) == len(np.unique(labels))


def test_pieces_of_a_label_are_told_apart() -> None:
    graph = lattice(4, 2)
    assert len(np.unique(components(graph, labels_of("AABA/BBBA")))) == 3


def test_the_smaller_piece_of_a_torn_part_joins_its_neighbour() -> None:
    graph = lattice(4, 2)
    mended = join_fragments(graph, labels_of("AABA/AABB"), np.ones(8, dtype=np.int64))
    assert mended.tolist() == labels_of("AABB/AABB").tolist()


def test_a_bridge_cannot_leave_its_part() -> None:
    graph = lattice(3, 2)
    labels = labels_of("AAA/ABA")
    assert not stays_connected(graph, labels, 1)
    assert stays_connected(graph, labels, 5)


@pytest.mark.parametrize("parts", [1, 2, 7, 16])
def test_parts_are_connected_and_none_is_too_small(parts: int) -> None:
    graph = lattice(16, 11)
    weights = np.random.default_rng(parts).integers(1, 40, graph.count)
    labels = divide(graph, weights, [1.0] * parts, seed=3, least=9)
    assert np.unique(labels).tolist() == list(range(parts))
    assert is_connected(graph, labels)
    assert np.bincount(labels).min() >= 9


def test_parts_have_about_their_shares() -> None:
    graph = lattice(20, 20)
    labels = divide(graph, np.ones(400, dtype=np.int64), [1.0, 2.0, 5.0], seed=1)
    assert np.allclose(np.bincount(labels) / 400, [0.125, 0.25, 0.625], atol=0.03)


def test_more_parts_than_metis_fills_are_filled() -> None:
    graph = lattice(9, 1)
    labels = divide(graph, np.ones(9, dtype=np.int64), [1.0] * 9, seed=1)
    assert sorted(labels.tolist()) == list(range(9))
