"""Heavier rewording: how many messages that were said again in other words are still found.

The light edits of `bench.edits` are what people do who pass a message on. Here a message is written anew, in three ways; nobody's
method of copies is made for it, and the shares found are reported as they are.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import polars as pl

from bench.pieces import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.grouping import Grouping

LEAST_WORDS = 14
EACH = 1_000
"""Words that a message must have; messages reworded in each way."""

SYNONYMS = {
    "ko": "chẳng", "không": "chẳng", "k": "chẳng", "rất": "vô cùng", "quá": "thật sự", "lắm": "ghê", "tốt": "ổn",
    "đẹp": "xinh", "nhanh": "lẹ", "chậm": "lâu", "mua": "sắm", "tiền": "chi phí", "giá": "mức giá", "dùng": "sử dụng",
    "xài": "dùng", "máy": "thiết bị", "hàng": "món đồ", "sp": "mặt hàng", "shop": "cửa hàng", "mình": "tôi", "em": "mình",
    "mọi": "tất cả", "người": "ai nấy", "nói": "bảo", "thấy": "nhận ra", "cũng": "vẫn", "nên": "vì vậy", "vì": "bởi",
    "nhưng": "song", "và": "cùng", "với": "cùng", "được": "nhận", "bị": "gặp phải", "giờ": "lúc này", "nhiều": "lắm",
    "ít": "chút", "hơi": "khá", "khá": "tương đối", "thích": "ưng", "chơi": "sử dụng", "gửi": "chuyển", "giao": "chuyển",
    "lương": "tiền công", "thầy": "giáo viên", "cô": "giảng viên", "dạy": "giảng", "học": "theo học", "nhân": "người",
}  # fmt: skip
"""Common words and others that may stand for them."""


def third_changed(words: list[str], chance: random.Random, others: Sequence[str]) -> list[str]:
    """A third of the words, anywhere, give way to other words."""
    changed = set(chance.sample(range(len(words)), round(len(words) / 3)))
    return [chance.choice(others) if place in changed else word for place, word in enumerate(words)]


def sentences_swapped(words: list[str], chance: random.Random, _others: Sequence[str]) -> list[str]:
    """Cut into parts of about six words, which are put into another order."""
    parts = [words[begin : begin + 6] for begin in range(0, len(words), 6)]
    mixed = parts
    while mixed == parts:
        mixed = chance.sample(parts, len(parts))
    return [word for part in mixed for word in part]


def synonyms(words: list[str], _chance: random.Random, _others: Sequence[str]) -> list[str]:
    """Every word of the table gives way to its synonym."""
    return [SYNONYMS.get(word.lower().strip(".,!?"), word) for word in words]


WAYS: dict[str, Callable[[list[str], random.Random, Sequence[str]], list[str]]] = {
    "third_changed": third_changed,
    "sentences_swapped": sentences_swapped,
    "synonyms": synonyms,
}


def plant(texts: pl.Series, truth: pl.DataFrame, seed: int = 2026) -> tuple[pl.Series, pl.DataFrame]:
    """Add reworded messages to a generated file.

    Parameters
    ----------
    texts, truth : as `bench.generate` wrote them.
    seed : source of chance.

    Returns
    -------
    texts : with the reworded ones at the end.
    planted : frame way (String), source (UInt32: row of the message), row (UInt32: row of what was made of it), changed
        (Float64: share of the message's words that are no longer there, as folded).
    """
    chance = random.Random(seed)  # noqa: S311 - reproducible, no secret
    long = (truth["edit"] == "own") & (texts.str.split(" ").list.len() >= LEAST_WORDS)
    distinct = [row for row in long.arg_true() if len({*texts[row].split()}) >= LEAST_WORDS]
    sources = chance.sample(distinct, min(EACH * len(WAYS), len(distinct)))
    others = [word for row in distinct[:500] for word in texts[row].split()]
    ways = [name for name in WAYS for _ in range(EACH)][: len(sources)]
    made = [" ".join(WAYS[way](texts[row].split(), chance, others)) for way, row in zip(ways, sources, strict=True)]
    changed = [_changed(texts[row], text) for row, text in zip(sources, made, strict=True)]
    rows = range(len(texts), len(texts) + len(made))
    planted = pl.DataFrame({"way": ways, "source": sources, "row": rows, "changed": changed})
    return pl.concat([texts, pl.Series(texts.name, made)]), planted


def _changed(before: str, after: str) -> float:
    words = plain(before).split()
    kept = set(plain(after).split())
    return sum(word not in kept for word in words) / max(len(words), 1)


def joined(found: Grouping, planted: pl.DataFrame) -> pl.DataFrame:
    """Per way: messages, mean share of words changed, share that came into the group of their source."""
    group = pl.Series(found.group)
    together = group.gather(planted["source"]) == group.gather(planted["row"])
    return (
        planted.with_columns(joined=together)
        .group_by("way", maintain_order=True)
        .agg(pl.len().alias("messages"), pl.col("changed").mean(), pl.col("joined").mean())
    )
