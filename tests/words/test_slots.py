"""A number's place among others, whatever the numbers."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from langnghe.words.slots import place_of, slots_of

# few of them, and some that differ in the upper half alone: they fall into the same slot
NUMBERS = st.integers(0, 7) | st.integers(0, 7).map(lambda n: n << 40) | st.integers(0, 2**64 - 1)


@given(st.lists(NUMBERS), NUMBERS)
def test_a_place_is_that_of_the_first_equal_number(numbers: list[int], asked: int) -> None:
    values = np.array(numbers, dtype=np.uint64)
    slots = slots_of(values)
    for number in (*numbers, asked):
        place = numbers.index(number) if number in numbers else -1
        assert place_of(np.uint64(number), values, slots) == place
