"""Cells that are linked by sums: what an attacker who reads everything published can calculate with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Positions = NDArray[np.int64]

NEVER = np.inf
"""Cost of hiding a cell that is public already, or has to be printed."""


@dataclass(frozen=True)
class Needs:
    """Intervals that an attacker must not be able to narrow: one row each.

    Attributes
    ----------
    cell, measure : positions.
    low, high : an attacker must hold every value from low to high for possible.
    firm : False for a need that is given up where no pattern keeps it, because the sum of all texts says it by itself.
    """

    cell: Positions
    measure: Positions
    low: Numbers
    high: Numbers
    firm: Flags

    def __len__(self) -> int:
        return len(self.cell)

    def and_more(self, more: Needs) -> Needs:
        """These needs and more."""
        joined = (np.concatenate([getattr(self, each), getattr(more, each)]) for each in self.__dataclass_fields__)
        return Needs(*joined)


@dataclass(frozen=True)
class Relations:
    """The sums of one measure.

    Attributes
    ----------
    matrix : sparse (relations × cells) of 1 and -1: each relation times the cells is a number that the attacker knows.
    """

    matrix: Any

    @cached_property
    def entries(self) -> tuple[Positions, Positions, Numbers]:
        """The matrix as relation, cell, sign."""
        found = self.matrix.tocoo()
        return found.row.astype(np.int64), found.col.astype(np.int64), found.data.astype(np.float64)

    @cached_property
    def _by_cell(self) -> tuple[Positions, Positions]:
        cell = self.entries[1]
        return np.argsort(cell, kind="stable"), np.searchsorted(np.sort(cell), np.arange(self.matrix.shape[1] + 1))

    def entries_of(self, cells: Positions) -> tuple[Positions, Positions]:
        """The entries in which cells stand: position in `cells`, position in `entries`."""
        order, starts = self._by_cell
        sizes = starts[cells + 1] - starts[cells]
        within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return np.repeat(np.arange(len(cells)), sizes), order[np.repeat(starts[cells], sizes) + within]


@dataclass(frozen=True)
class Past:
    """The counts of an earlier report, as cells of a system.

    Attributes
    ----------
    sums : of the cells of now, which hold for those of then too.
    then : (cells of now,): texts that each may have had.
    unknown : (cells of now,): whether the report did not print it.
    start : position of the first unknown count; the growths of the same cells follow after the last one.
    """

    sums: Relations
    then: Numbers
    unknown: Flags
    start: int


@dataclass(frozen=True)
class System:
    """Cells and the sums among them.

    Attributes
    ----------
    relations : the sums, by measure.
    values : (measures × cells): the true counts; for cells that were counted by an earlier report, counts that may be true.
    floors : (measures × cells): what the attacker knows a cell to be at least (0, or what was published before).
    cost : (cells,): what is lost by hiding a cell; 0 for one that is never published, `NEVER` for one that can't be hidden.
    hidden : (cells,): cells that must be hidden, and those that are never published.
    needs : what has to be kept.
    of : (cells,): the cell of now that each is a count of: itself, or that whose count of then or growth it is.
    past : earlier reports.
    """

    relations: tuple[Relations, ...]
    values: Numbers
    floors: Numbers
    cost: Numbers
    hidden: Flags
    needs: Needs
    of: Positions
    past: tuple[Past, ...] = ()

    def falls(self, measure: int) -> Numbers:
        """How far each cell can fall at most in a measure."""
        falls: Numbers = np.maximum(self.values[measure] - self.floors[measure], 0.0)
        return falls
