"""A breach, and those that one sum alone gives away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from langnghe.measure.disclosure.system import Flags, Numbers, Positions, System

TOLERANCE = 1e-6
"""Slack for rounding in floating point."""


@dataclass(frozen=True)
class Breach:
    """A need that does not hold, and the inequality that a better pattern has to keep.

    Attributes
    ----------
    need : position among the needs.
    weights : (cells,): Σ weights over the hidden cells must be at least `least`.
    """

    need: int
    weights: Numbers
    least: float


def breaches_of_one_sum(system: System, hidden: Flags) -> Iterator[Breach]:
    """What can be calculated from one sum: its other hidden cells can't make up for the move that a need asks for."""
    for measure in range(len(system.values)):
        needs = np.flatnonzero(system.needs.measure == measure)
        values = system.values[measure, system.needs.cell[needs]]
        yield from _one_way(system, measure, hidden, needs, system.needs.high[needs] - values, 1)
        yield from _one_way(system, measure, hidden, needs, values - system.needs.low[needs], -1)


def _one_way(system: System, measure: int, hidden: Flags, needs: Positions, far: Numbers, way: int) -> Iterator[Breach]:
    """The breaches upwards (1) or downwards (-1): the first sum that gives each need away."""
    relations = system.relations[measure]
    rows = relations.matrix.shape[0]
    row, cell, sign = relations.entries
    plus = (sign > 0).astype(np.int64)
    falls = np.where(hidden, system.falls(measure), 0.0)
    room = by_relation(rows, row, plus, falls[cell])
    there = by_relation(rows, row, plus, hidden[cell].astype(np.float64))
    pair, entry = relations.entries_of(system.needs.cell[needs])
    same, own = plus[entry], falls[cell[entry]]
    falling = same if way == 1 else 1 - same  # mates of this sign fall when the cell moves, those of the other one rise
    rising = there[row[entry], 1 - falling] - (same == 1 - falling)
    enough = room[row[entry], falling] - np.where(same == falling, own, 0.0) >= far[pair] - TOLERANCE
    open_pairs = np.flatnonzero((far[pair] > TOLERANCE) & (rising < 1) & ~enough)
    _, first = np.unique(pair[open_pairs], return_index=True)
    for number in open_pairs[first]:
        need = int(needs[pair[number]])
        distance = float(far[pair[number]])
        mates = np.flatnonzero(row == row[entry[number]])
        weights = np.zeros(len(hidden))
        capped = np.minimum(system.falls(measure)[cell[mates]], distance)
        weights[cell[mates]] = np.where(plus[mates] == falling[number], capped, distance)
        weights[system.needs.cell[need]] = 0.0
        yield Breach(need, weights, distance)


def by_relation(rows: int, row: Positions, plus: Positions, amount: Numbers) -> Numbers:
    """Sums of an amount by relation and sign: (rows × 2)."""
    found: Numbers = np.bincount(2 * row + plus, weights=amount, minlength=2 * rows).astype(np.float64)
    return found.reshape(rows, 2)
