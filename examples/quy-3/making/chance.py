"""Chance that is the same everywhere: only `random()` of a seeded generator, which Python promises never to change."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


class Dice:
    """A seeded source of choices. Each choice moves it on, so the order of calls is part of the result."""

    def __init__(self, seed: int) -> None:
        self._next = random.Random(seed).random  # noqa: S311 - nothing here is secret

    def share(self) -> float:
        """Give a number from 0 up to 1, 1 left out."""
        return self._next()

    def below(self, end: int) -> int:
        """Give a whole number from 0 up to `end`, `end` left out."""
        return int(self._next() * end)

    def pick(self, among: Sequence[T]) -> T:
        """Pick one of `among`, all alike."""
        return among[self.below(len(among))]

    def weigh(self, among: Sequence[T], weights: Sequence[float]) -> T:
        """Pick one of `among` in proportion to `weights`."""
        left = self._next() * sum(weights)
        for each, weight in zip(among, weights, strict=True):
            left -= weight
            if left < 0:
                return each
        return among[max(at for at, weight in enumerate(weights) if weight > 0)]

    def shuffled(self, among: Sequence[T]) -> list[T]:
        """Give `among` in another order (Fisher and Yates)."""
        mixed = list(among)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed
