"""What is left over beside known issues is told from what is known, and joined where it is one."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from langnghe.issues.leftover import divided, join


def groups_of(sizes: list[int]) -> np.ndarray:
    return np.repeat(np.eye(len(sizes), dtype=np.float32), sizes, axis=0)


def words_of(groups: np.ndarray) -> sparse.csr_matrix:
    """Texts of which each has the word of its group and one that all have."""
    return sparse.csr_matrix(np.hstack([groups, np.ones((len(groups), 1), np.float32)]))


def test_groups_in_which_few_texts_are_known_are_new() -> None:
    groups = groups_of([100, 100, 100])
    known = np.zeros((300, 2), dtype=np.float32)
    known[:20, 0] = 1  # a fifth of the first group
    known[200:210, 1] = 1  # a tenth of the last one
    start = divided(words_of(groups), groups, known, 1)
    assert np.all(start.argmax(axis=1) == np.repeat([0, 2, 1], 100))
    assert np.allclose(start.sum(axis=1), 1)


def test_a_few_texts_known_by_mistake_do_not_hide_a_new_issue() -> None:
    groups = groups_of([100, 100])
    known = np.zeros((200, 1), dtype=np.float32)
    known[:20] = 1
    known[100:105] = 1
    assert np.all(divided(words_of(groups), groups, known, 1)[100:, 1] == 1)


def test_where_nothing_is_new_the_least_known_are_still_proposed() -> None:
    groups = groups_of([50, 50, 50])
    known = np.tile(np.eye(1, dtype=np.float32), (150, 1))
    known[140:] = 0
    start = divided(words_of(groups), groups, known, 1)
    assert np.all(start[100:, 1] == 1)
    assert np.all(start[:100, 0] == 1)


def test_groups_with_the_same_words_are_joined_first() -> None:
    counts = np.array([[90, 0, 40], [10, 0, 5], [0, 80, 0]], dtype=np.float64)
    assert join(counts, 2).tolist() == [0, 1, 0]
    assert join(counts, 3).tolist() == [0, 1, 2]
    assert set(join(counts, 1).tolist()) == {0}


def test_an_empty_group_is_no_error() -> None:
    counts = np.array([[3, 0, 2], [1, 0, 0]], dtype=np.float64)
    assert len(join(counts, 2)) == 3
