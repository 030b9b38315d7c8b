"""The quick proof that a hidden cell can be large or small: others of one sum move against it.

What this proves holds; what it doesn't prove is left to the linear programme of `attack`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from langnghe.measure.disclosure.breach import by_relation

if TYPE_CHECKING:
    from langnghe.measure.disclosure.system import Flags, Numbers, Positions, Relations, System

PLENTY = 1e9
"""Stands for 'without bound'."""


def proven_room(system: System, measure: int, hidden: Flags) -> tuple[Numbers, Numbers]:
    """How far each hidden cell can go up and down at least, all published sums kept.

    Returns
    -------
    up, down : (cells,); 0 for cells that are shown.
    """
    if measure == 0 and system.past:
        return _room_with_past(system, hidden)
    return _room(system.relations[measure], hidden, system.falls(measure))


def _room_with_past(system: System, hidden: Flags) -> tuple[Numbers, Numbers]:
    """Counts of then move together with those of now, growth staying as it is; or growth moves with the counts of now.

    Neither move takes room from the other, so that a count of now can do both.
    """
    sums, size = system.past[0].sums, len(system.past[0].then)
    now, seen = system.values[0, :size], hidden[:size]
    then = np.min([past.then for past in system.past], axis=0)
    growth = np.maximum(now - np.max([past.then for past in system.past], axis=0), 0.0)
    unknown = seen & np.all([past.unknown for past in system.past], axis=0)
    together, apart = _room(sums, unknown, np.where(unknown, then, 0.0)), _room(sums, seen, np.where(seen, growth, 0.0))
    room = []
    for one, other in zip(together, apart, strict=True):
        parts = [one + other]
        for past in system.past:
            parts += [one[past.unknown], other[past.unknown]]
        room.append(np.concatenate(parts))
    return room[0], room[1]


def _room(relations: Relations, hidden: Flags, down: Numbers) -> tuple[Numbers, Numbers]:
    """As `proven_room`, for cells that can fall by `down` at most.

    A cell moves within one relation, and its mates in that relation move against it. In each other relation of a cell that
    moves, a hidden cell that stands nowhere else takes up the move.
    """
    row, cell, sign = relations.entries
    kept = hidden[cell]
    row, cell, sign = row[kept], cell[kept], sign[kept]
    plus = (sign > 0).astype(np.int64)
    rows = relations.matrix.shape[0]
    raised, lowered = _absorbed(rows, row, cell, plus, down)
    up_move, down_move = _elsewhere(cell, raised), np.minimum(down[cell], _elsewhere(cell, lowered))
    apart = _apart(relations.matrix.shape, row, cell)
    up_move, down_move = np.where(apart, up_move, 0.0), np.where(apart, down_move, 0.0)
    up, lower = _against(rows, row, plus, up_move, down_move)
    room_up, room_down = np.zeros(len(hidden)), np.zeros(len(hidden))
    free = hidden & (np.bincount(cell, minlength=len(hidden)) == 0)
    room_up[free], room_down[free] = PLENTY, down[free]
    np.maximum.at(room_up, cell, up)
    np.maximum.at(room_down, cell, lower)
    return room_up, room_down


def _absorbed(rows: int, row: Positions, cell: Positions, plus: Positions, down: Numbers) -> tuple[Numbers, Numbers]:
    """How far each entry can be raised and lowered when only cells that stand in no other relation make up for it."""
    alone = np.bincount(cell, minlength=len(down))[cell] == 1
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


def _apart(shape: tuple[int, int], row: Positions, cell: Positions) -> Flags:
    """Whether no mate of an entry's relation stands with it in another one too, where both would need the same room."""
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
