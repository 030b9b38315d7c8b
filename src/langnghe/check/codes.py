"""What a text says as a sorted row of numbers, so that two texts are compared without reading either again.

A code holds what kind of thing it is, for some kinds a group, and a value: an amount in the group of its unit, a date among days,
months or years, an institution in its family. Two texts that have a group in common and no value of it speak of different things.
Phrases for one thing ('tăng ca', 'OT', 'làm thêm giờ') are one code, and numbers in words are digits.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from langnghe.check.facts import number_in_words, things
from langnghe.check.keys import content, token_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from langnghe.check.facts import Facts

KINDS = ("word", "thing", "amount", "date", "member", "turn")
"""Kinds of codes; those before 'member' weigh by how rare they are, the others only agree or differ."""

KIND_BITS, GROUP_BITS = 29, 16
"""Bits below the kind; bits below the group."""

WORD, THING, AMOUNT, DATE, MEMBER, TURN = (number << KIND_BITS for number in range(len(KINDS)))
_VALUE = (1 << GROUP_BITS) - 1
_GROUP = (1 << (KIND_BITS - GROUP_BITS)) - 1
_DAY, _MONTH, _YEAR = (number << GROUP_BITS for number in (1, 2, 3))


@lru_cache(maxsize=1 << 17)
def word_code(key: str) -> int:
    """The code of a word."""
    return token_hash(key) & ((1 << KIND_BITS) - 1)


@lru_cache(maxsize=1 << 12)
def named_code(kind: int, name: str) -> int:
    """The code of a thing or a turn of meaning, by its name."""
    return kind | (token_hash(name) & ((1 << KIND_BITS) - 1))


@lru_cache(maxsize=1 << 14)
def grouped_code(kind: int, group: str, value: str) -> int:
    """The code of an amount or an institution: its group, and its value within."""
    return kind | (token_hash(group) & _GROUP) << GROUP_BITS | (token_hash(value) & _VALUE)


def codes_of(found: Sequence[str], facts: Facts) -> NDArray[np.uint32]:
    """The codes of a text, ascending, each once.

    Parameters
    ----------
    found, facts : its keys, and its facts, as `keys` and `read_facts` give them.
    """
    return np.array(sorted({*_words(content(found)), *_facts(facts)}), dtype=np.uint32)


def _words(kept: Sequence[str]) -> Iterator[int]:
    """Words, with phrases for one thing as that thing and numbers in words as digits."""
    spans = {start: (end, name) for start, end, name in things().spans(kept)}
    place = 0
    while place < len(kept):
        end, value = place, 0
        if place in spans:
            end, name = spans[place]
            yield named_code(THING, name)
        else:
            value, end = number_in_words(kept, place)
            if end > place:
                yield word_code(str(value))
            elif kept[place]:
                yield word_code(kept[place])
        place = max(end, place + 1)


def _facts(facts: Facts) -> Iterator[int]:
    yield from (grouped_code(AMOUNT, unit, value) for unit, value in facts.amounts if unit)
    yield from (DATE | _DAY | (day * 13 + month) for day, month in facts.days)
    yield from (DATE | _MONTH | month for month in facts.months)
    yield from (DATE | _YEAR | year for year in facts.years)
    yield from (grouped_code(MEMBER, family, name) for family, named in facts.members.items() for name in named)
    yield from (named_code(TURN, name) for name in facts.turns)
