"""The codes of all checks in arrays, on disk mapped into memory: what a message is compared with without reading a check again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from langnghe.check.mapped import Mapped
from langnghe.words.arrays import picked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from langnghe.check.said import Said


@dataclass(frozen=True)
class CodeTable(Mapped):
    """The codes of n checks.

    Attributes
    ----------
    codes : uint32, of all texts one after the other; ascending within a text.
    texts : int64, text t has codes[texts[t]:texts[t + 1]].
    checks : int64 of n + 1, check i has the texts from checks[i] to checks[i + 1].
    short : uint8 of n, how many of a check's texts, the first, put the claim as a whole.
    known, spread : uint32, every code that occurs, ascending, and in how many checks.
    """

    codes: NDArray[np.uint32]
    texts: NDArray[np.int64]
    checks: NDArray[np.int64]
    short: NDArray[np.uint8]
    known: NDArray[np.uint32]
    spread: NDArray[np.uint32]

    @classmethod
    def of(cls, read: Iterable[Said]) -> CodeTable:
        """The table of checks that were read, in their order."""
        parts: list[NDArray[np.uint32]] = []
        sizes, many, short = [], [], []
        for one in read:
            parts += one.codes
            sizes += [len(codes) for codes in one.codes]
            many.append(len(one.codes))
            short.append(min(one.short, 255))
        codes = np.concatenate(parts) if parts else np.zeros(0, np.uint32)
        texts, checks = _starts(sizes), _starts(many)
        return cls(codes, texts, checks, np.array(short, dtype=np.uint8), *_counts(codes, texts, checks))

    def __len__(self) -> int:
        return len(self.short)

    def joined(self, other: CodeTable, order: NDArray[np.int64]) -> CodeTable:
        """The checks of two tables in another order: `order` holds their numbers, those of `other` from len(self) on.

        Of this table's codes only those of checks that are left out are counted again.
        """
        gone = self._picked(np.setdiff1d(np.arange(len(self)), order))
        both = CodeTable(
            np.append(self.codes, other.codes),
            np.append(self.texts, other.texts[1:] + self.texts[-1]),
            np.append(self.checks, other.checks[1:] + self.checks[-1]),
            np.append(self.short, other.short),
            *_added((self.known, self.spread), (other.known, other.spread), 1),
        )
        codes, texts, checks, short = both._picked(order)[:4]
        counted = _added((both.known, both.spread), _counts(*gone[:3]), -1)
        return CodeTable(codes, texts, checks, short, *counted)

    def _picked(
        self, order: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
        """Codes, texts, checks and short of some checks, in an order."""
        texts_of, checks = picked(self.checks, order)
        codes_of, texts = picked(self.texts, texts_of)
        return self.codes[codes_of], texts, checks, self.short[order]


def _starts(sizes: list[int]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64)


Counts = tuple["NDArray[np.uint32]", "NDArray[np.uint32]"]
"""Codes, ascending, and in how many checks each is."""


def _counts(codes: NDArray[np.uint32], texts: NDArray[np.int64], checks: NDArray[np.int64]) -> Counts:
    owner = np.repeat(np.arange(len(checks) - 1, dtype=np.uint64), np.diff(texts[checks]))
    each = np.unique(codes.astype(np.uint64) << np.uint64(32) | owner)
    known, spread = np.unique((each >> np.uint64(32)).astype(np.uint32), return_counts=True)
    return known, spread.astype(np.uint32)


def _added(one: Counts, other: Counts, sign: int) -> Counts:
    """Counts with others added to them (1) or taken away (-1); codes that no check has are left out."""
    known = np.union1d(one[0], other[0])
    spread = np.zeros(len(known), dtype=np.int64)
    spread[np.searchsorted(known, one[0])] += one[1]
    spread[np.searchsorted(known, other[0])] += sign * other[1].astype(np.int64)
    return known[spread > 0], spread[spread > 0].astype(np.uint32)
