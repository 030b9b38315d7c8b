"""Reworded messages: what is planted is what is measured."""

import random

import numpy as np
import polars as pl
import pytest

from bench.grouping import Grouping
from bench.reworded import WAYS, joined, plant

MESSAGE = "tổ em mới được thay quạt nhưng ca đêm vẫn rất nóng và không có nước uống cho công nhân".split()


@pytest.mark.parametrize(
    ("way", "kept"), [("third_changed", (0.6, 0.72)), ("sentences_swapped", (1, 1)), ("synonyms", (0.6, 0.95))]
)
def test_each_way_changes_as_much_as_it_says(way: str, kept: tuple[float, float]) -> None:
    changed = WAYS[way](MESSAGE, random.Random(1), ["×"])
    assert changed != MESSAGE
    assert kept[0] <= np.mean([word in changed for word in MESSAGE]) <= kept[1]


def test_planted_messages_stand_at_the_end_and_know_their_source() -> None:
    texts = pl.Series("text", [f"{' '.join(MESSAGE)} {number}" for number in range(40)])
    truth = pl.DataFrame({"edit": ["own"] * 39 + ["root"]})
    longer, planted = plant(texts, truth)
    assert longer[:40].equals(texts)
    assert planted["row"].to_list() == list(range(40, len(longer)))
    assert 39 not in planted["source"]


def test_joined_counts_those_in_the_group_of_their_source() -> None:
    planted = pl.DataFrame({"way": ["a", "a", "b"], "source": [0, 1, 2], "row": [3, 4, 5], "changed": [0.3, 0.5, 0.0]})
    found = Grouping(np.array([0, 1, 2, 0, 4, 2]), 0.0)
    assert joined(found, planted).rows() == [("a", 2, 0.4, 0.5), ("b", 1, 0.0, 1.0)]
