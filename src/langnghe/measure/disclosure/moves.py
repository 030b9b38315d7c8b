"""The quick proof that a hidden cell can be large or small: others of one sum move against it.

What this proves holds; what it doesn't prove is left to the linear programme of `attack`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from langnghe.measure.disclosure.breach import by_relation

if TYPE_CHECKING:
    from langnghe.measure.disclosure.system import Flags, Numbers, Positions, System

PLENTY = 1e9
"""Stands for 'without bound'."""


def proven_room(system: System, measure: int, hidden: Flags) -> tuple[Numbers, Numbers]:
    """How far each hidden cell can go up and down at least, all published sums kept.

    A cell moves within one relation, and its mates in that relation move against it. In each other relation of a cell that
    moves, a hidden cell that stands nowhere else takes up the move.

    Returns
    -------
    up, down : (cells,); 0 for cells that are shown.
    """
    row, cell, sign = system.entries
    kept = hidden[cell]
    row, cell, sign = row[kept], cell[kept], sign[kept]
    down = system.falls(measure)
    plus = (sign > 0).astype(np.int64)
    raised, lowered = _absorbed(system, row, cell, plus, down)
    up_move, down_move = _elsewhere(cell, raised), np.minimum(down[cell], _elsewhere(cell, lowered))
    apart = _apart(system, row, cell)
    up_move, down_move = np.where(apart, up_move, 0.0), np.where(apart, down_move, 0.0)
    up, lower = _against(system.matrix.shape[0], row, plus, up_move, down_move)
    room_up, room_down = np.zeros(len(hidden)), np.zeros(len(hidden))
    free = hidden & (np.bincount(cell, minlength=len(hidden)) == 0)
    room_up[free], room_down[free] = PLENTY, down[free]
    np.maximum.at(room_up, cell, up)
    np.maximum.at(room_down, cell, lower)
    return room_up, room_down


def _absorbed(
    system: System, row: Positions, cell: Positions, plus: Positions, down: Numbers
) -> tuple[Numbers, Numbers]:
    """How far each entry can be raised and lowered when only cells that stand in no other relation make up for it."""
    alone = np.bincount(cell, minlength=len(down))[cell] == 1
    rows = system.matrix.shape[0]
    falls = by_relation(rows, row, plus, np.where(alone, down[cell], 0.0))
    rises = by_relation(rows, row, plus, np.where(alone, PLENTY, 0.0))
    return falls[row, plus] + rises[row, 1 - plus], rises[row, plus] + falls[row, 1 - plus]


def _elsewhere(cell: Positions, room: Numbers) -> Numbers:
    """For each entry the least room among the other entries of its cell."""
    order = np.lexsort((room, cell))
    first = np.r_[True, cell[order][1:] != cell[order][:-1]] if len(order) else np.zeros(0, np.bool_)
    starts = np.flatnonzero(first)
    sizes = np.diff(np.r_[starts, len(order)])
    least = room[order][starts]
    following = np.minimum(starts + 1, len(order) - 1)
    second = np.where(sizes > 1, room[order][following], PLENTY)
    of = np.repeat(np.arange(len(starts)), sizes)
    ordered = np.where(first, second[of], least[of])
    found = np.empty_like(room)
    found[order] = ordered
    return np.minimum(found, PLENTY)


def _apart(system: System, row: Positions, cell: Positions) -> Flags:
    """Whether no mate of an entry's relation stands with it in another one too, where both would need the same room."""
    shape = system.matrix.shape
    there = sparse.csr_matrix((np.ones(len(row)), (row, cell)), shape=shape)
    crowded = (there @ there.T) > 1
    crowded.setdiag(False)  # noqa: FBT003 - scipy's own signature
    crowded.eliminate_zeros()
    if not crowded.nnz:
        return np.ones(len(row), np.bool_)
    shared: Flags = np.asarray((crowded.astype(np.float64) @ there)[row, cell]).ravel() == 0
    return shared


def _against(rows: int, row: Positions, plus: Positions, up: Numbers, down: Numbers) -> tuple[Numbers, Numbers]:
    """How far each entry goes up and down when its mates go against it."""
    rises, falls = by_relation(rows, row, plus, up), by_relation(rows, row, plus, down)
    raised = falls[row, plus] - down + rises[row, 1 - plus]
    lowered = rises[row, plus] - up + falls[row, 1 - plus]
    return np.minimum(up, raised), np.minimum(down, lowered)
