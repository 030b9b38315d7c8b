"""Growth: what this report and an earlier one together say of the texts that came in between.

Every count of an earlier report that was not printed is an unknown beside the counts of now, and so is the growth from one to
the other. The sums hold for the counts of then too, and no count can have fallen. What the earlier report hid must stay possible,
and so must every small growth.

The true counts of then are not kept (a ledger of hidden counts would give them away), so that whether a hidden cell grew by few texts
is decided on what is certain from the counts of now: where it may have, it is taken to have. An attacker who knows the rule therefore
learns nothing from what it hides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from langnghe.measure.disclosure.breach import TOLERANCE
from langnghe.measure.disclosure.system import Needs, Past, Relations, System
from langnghe.measure.disclosure.tables import OVERLAPPING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from langnghe.measure.disclosure.system import Flags, Numbers
    from langnghe.measure.disclosure.tables import Coordinates

DECIDED = {OVERLAPPING, "state"}
"""Dimensions in which a text may move when others come: the machine decides anew."""

REPORTS, ROUNDS, ROOM = 3, 20, 10
"""Earlier reports whose sums are looked at; rounds in which bounds of counts are drawn closer by sums; texts on either side that counts of then are best away from their bounds."""


@dataclass(frozen=True)
class Then:
    """An earlier report that shares texts with this one.

    Attributes
    ----------
    printed : texts of the cells that it printed, and 0 for those that it says to be empty, as weeks after its last text.
    """

    printed: Mapping[Coordinates, float]


Row = tuple[int, float, float, bool]
"""A need: cell, least, most, whether it is firm."""


@dataclass(frozen=True)
class _Counts:
    """The counts of an earlier report, in the cells of now.

    Attributes
    ----------
    printed : (cells,): texts, or nan where they are unknown.
    low, high : (cells,): what they certainly are between, by the counts of now.
    possible : (cells,): counts that may be true.
    """

    printed: Numbers
    low: Numbers
    high: Numbers
    possible: Numbers


def with_growth(system: System, places: Sequence[Coordinates], thens: Sequence[Then], k: int, public: Flags) -> System:
    """A system with earlier reports: their hidden counts, and the growth of each, as further cells that are never published.

    Parameters
    ----------
    system : the cells of now; texts are its first measure.
    places : coordinates of its first cells; the rests of sums follow them.
    thens : earlier reports, the nearest first: of those beyond `REPORTS`, what each printed is held against the cells of now one by one.
    k : least count.
    public : (places,): cells that have been published, or have to be.
    """
    grown = system
    for number, then in enumerate(thens):
        printed = np.array([then.printed.get(place, np.nan) for place in places])
        grown = _with_needs(grown, list(_few(system, printed, k, public)))
        counts = _counts(system, places, printed) if number < REPORTS else None
        if counts is not None:
            grown = _with_counts(grown, system, counts)
            grown = _with_needs(grown, list(_hidden_then(grown, system, counts, k, public)))
    return grown


def _few(system: System, printed: Numbers, k: int, public: Flags) -> Iterator[Row]:
    """Cells that the earlier report printed, and that grew (or shrank) by fewer than k texts: printed again they would show those."""
    grown = system.values[0, : len(printed)] - printed
    few = (grown != 0) & (np.abs(grown) < k) & ~public
    for cell in np.flatnonzero(few):
        ends = printed[cell], printed[cell] + np.copysign(k - 1, grown[cell])
        yield int(cell), min(ends), max(ends), True


def _hidden_then(grown: System, system: System, counts: _Counts, k: int, public: Flags) -> Iterator[Row]:
    """Cells that the earlier report hid: what may be a small count, or a small growth, must stay possible.

    A count of then that was certain from the earlier report alone can't be kept possible any more: such needs are not firm.
    """
    unknown = np.flatnonzero(np.isnan(counts.printed))
    start = len(grown.cost) - 2 * len(unknown)
    for number, cell in enumerate(unknown[unknown < len(public)]):
        if counts.low[cell] < k:
            yield start + number, 0.0, k - 1.0, False
        now = system.values[0, cell]
        if not public[cell] and now - counts.high[cell] < k and now - counts.low[cell] >= 1:
            yield start + len(unknown) + number, 0.0, k - 1.0, True


def _with_needs(system: System, rows: Sequence[Row]) -> System:
    """A system with more needs, in texts; their cells are hidden."""
    cell = np.array([row[0] for row in rows], np.int64)
    low, high = (np.array([row[n] for row in rows], np.float64) for n in (1, 2))
    firm = np.array([row[3] for row in rows], np.bool_)
    needs = system.needs.and_more(Needs(cell, np.zeros_like(cell), low, high, firm))
    hidden = system.hidden.copy()
    hidden[cell] = True
    return replace(system, needs=needs, hidden=hidden)


def _with_counts(system: System, now: System, counts: _Counts) -> System:
    """A system with the counts of an earlier report and their growth: first the unknown counts, then what each has grown by."""
    unknown = np.flatnonzero(np.isnan(counts.printed))
    more, cells = len(unknown), len(system.cost)
    sums = _sums(now)[:, unknown]
    sums = sums[np.flatnonzero(np.diff(sums.indptr))]
    one = sparse.identity(more, format="csr")
    at = sparse.csr_matrix((np.ones(more), (np.arange(more), unknown)), shape=(more, cells))
    texts = sparse.bmat([[system.relations[0].matrix, None, None], [None, sums, None], [at, -one, -one]], format="csr")
    others = [_wider(relations.matrix, 2 * more) for relations in system.relations[1:]]
    values = np.zeros((len(system.values), 2 * more))
    values[0] = np.r_[counts.possible[unknown], now.values[0, unknown] - counts.possible[unknown]]
    floors = np.c_[system.floors, np.zeros_like(values)]
    floors[0, : len(counts.printed)] = np.fmax(floors[0, : len(counts.printed)], counts.printed)
    return System(
        (Relations(texts), *(Relations(matrix) for matrix in others)),
        np.c_[system.values, values],
        floors,
        np.r_[system.cost, np.zeros(2 * more)],
        np.r_[system.hidden, np.ones(2 * more, np.bool_)],
        system.needs,
        np.r_[system.of, unknown, unknown],
        (*system.past, Past(now.relations[0], counts.possible, np.isnan(counts.printed), cells)),
    )


def _wider(matrix: sparse.csr_matrix, more: int) -> sparse.csr_matrix:
    """A matrix with more columns, which are empty."""
    return sparse.csr_matrix((matrix.data, matrix.indices, matrix.indptr), (matrix.shape[0], matrix.shape[1] + more))


def _counts(system: System, places: Sequence[Coordinates], printed: Numbers) -> _Counts | None:
    """The counts of an earlier report; of those that the machine decides only what fits, None where nothing does.

    A text may be given to another issue when others come: then a count falls, and the earlier one is of other texts.
    """
    decided = np.array([any(name in DECIDED for name, _ in place) for place in places], np.bool_)
    fell = printed > system.values[0, : len(places)]
    of = [next((pair for pair in place if pair[0] in DECIDED), None) for place in places]
    moved = {pair for pair, gone in zip(of, fell, strict=True) if gone}
    for left_out in (np.array([pair is not None and pair in moved for pair in of], np.bool_), decided):
        rest = np.full(system.values.shape[1] - len(places), np.nan)
        fitting = np.r_[np.where(left_out, np.nan, printed), rest]
        counts = _fitting(system, fitting)
        if counts is not None:
            return counts
    return None


def _fitting(system: System, printed: Numbers) -> _Counts | None:
    """Counts that keep all sums, do not exceed those of now and are those that were printed; None where there are none."""
    matrix = _sums(system)
    now, unknown = system.values[0], np.isnan(printed)
    low, high = np.where(unknown, 0.0, printed), np.where(unknown, now, printed)
    low, high = _closer(Relations(matrix), low, high)
    if (high > now + TOLERANCE).any() or (low > high + TOLERANCE).any():
        return None
    possible = _possible(matrix, low, high)
    return None if possible is None else _Counts(printed, low, high, possible)


def _sums(system: System) -> sparse.csr_matrix:
    """The sums of texts that hold as they are."""
    matrix = system.relations[0].matrix
    return matrix[np.flatnonzero(np.abs(matrix @ system.values[0]) < TOLERANCE)]


def _closer(relations: Relations, low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """Bounds of cells drawn closer by the sums that they stand in, each of which is 0."""
    row, cell, sign = relations.entries
    for _ in range(ROUNDS):
        least = np.where(sign > 0, low[cell], -high[cell])
        most = np.where(sign > 0, high[cell], -low[cell])
        all_least = np.bincount(row, weights=least, minlength=relations.matrix.shape[0])[row]
        all_most = np.bincount(row, weights=most, minlength=relations.matrix.shape[0])[row]
        upper, lower = least - all_least, most - all_most  # of sign × cell: what the others leave
        closer_low, closer_high = low.copy(), high.copy()
        np.maximum.at(closer_low, cell, np.where(sign > 0, lower, -upper))
        np.minimum.at(closer_high, cell, np.where(sign > 0, upper, -lower))
        if np.array_equal(closer_low, low) and np.array_equal(closer_high, high):
            break
        low, high = closer_low, closer_high
    return low, high


def _possible(matrix: sparse.csr_matrix, low: Numbers, high: Numbers) -> Numbers | None:
    """Counts between bounds that keep all sums: rather in the middle, from where they can move both ways."""
    from scipy.optimize import linprog  # noqa: PLC0415 - as in `attack`

    size = len(low)
    one = sparse.identity(size)
    middle = sparse.bmat([[-one, one], [one, one]], format="csr")  # room ≤ count - low, room ≤ high - count
    solution = linprog(
        np.r_[np.zeros(size), -np.ones(size)],
        A_eq=sparse.hstack([matrix, sparse.csr_matrix(matrix.shape)], format="csr"),
        b_eq=np.zeros(matrix.shape[0]),
        A_ub=middle,
        b_ub=np.r_[-low, high],
        bounds=np.c_[np.r_[low, np.zeros(size)], np.r_[np.maximum(low, high), np.full(size, ROOM)]],
        method="highs-ds",
    )
    return solution.x[:size] if solution.status == 0 else None
