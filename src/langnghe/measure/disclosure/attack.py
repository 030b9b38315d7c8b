"""The attack by linear programming, which finds the needs that a pattern of hidden cells does not keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from langnghe.measure.disclosure.breach import TOLERANCE, Breach, breaches_of_one_sum
from langnghe.measure.disclosure.moves import proven_room

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from scipy.optimize import OptimizeResult

    from langnghe.measure.disclosure.system import Flags, Numbers, Positions, System

CHUNK = 2_000
ENOUGH = 40
FEW = 8
"""Unknowns of one linear programme, about; breaches that are looked for at once; less than one in so many aims is few."""


@dataclass(frozen=True)
class _Aim:
    """One end of a need: the cell must be able to reach `goal`, upwards (1) or downwards (-1)."""

    need: int
    cell: int
    way: int
    goal: float


class Attacker:
    """Attacks patterns of hidden cells of one system, one after the other, and remembers what is possible.

    The attacker takes each measure by itself, knows all sums exactly (how many copies stand in two weeks, what rounding took
    from voices), and does not know which hidden cells are small.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.points: list[list[tuple[Numbers, Flags]]] = [[] for _ in system.values]
        self.kept = np.ones(len(system.needs), np.bool_)

    def give_up(self, needs: Collection[int]) -> None:
        """Attack some needs no more."""
        self.kept[sorted(needs)] = False

    def breaches(self, hidden: Flags) -> list[Breach]:
        """The needs that a pattern does not keep; empty where it is safe. Not all are given at once."""
        found = [each for each in breaches_of_one_sum(self.system, hidden) if self.kept[each.need]]
        for measure in range(len(self.system.values)):
            if found:
                break
            left = self._unproven(measure, hidden)
            if left:
                programme = _Programme(self.system, measure, hidden, self.points[measure])
                found = programme.exact(programme.proven_together(left))
        return found

    def _unproven(self, measure: int, hidden: Flags) -> list[_Aim]:
        needs, values = self.system.needs, self.system.values[measure]
        own = np.flatnonzero((needs.measure == measure) & self.kept)
        up, down = proven_room(self.system, measure, hidden)
        high, low = values + up, values - down
        for point, moved in self.points[measure]:
            if not (moved & ~hidden).any():
                np.maximum(high, point, out=high)
                np.minimum(low, point, out=low)
        cells = needs.cell[own]
        above = own[needs.high[own] > high[cells] + TOLERANCE]
        below = own[needs.low[own] < low[cells] - TOLERANCE]
        return [
            *(_Aim(int(need), int(needs.cell[need]), 1, float(needs.high[need])) for need in above),
            *(_Aim(int(need), int(needs.cell[need]), -1, float(needs.low[need])) for need in below),
        ]


class _Programme:
    """The linear programme of one measure under a pattern."""

    def __init__(self, system: System, measure: int, hidden: Flags, points: list[tuple[Numbers, Flags]]) -> None:
        self.points = points
        self.matrix = system.relations[measure].matrix
        self.values = system.values[measure]
        self.low, self.high = self.values, self.values  # how far each cell was seen to go
        self.floors = np.minimum(system.floors[measure], self.values)
        self.hidden = hidden
        self.columns = np.flatnonzero(hidden)
        self.place = np.full(len(hidden), -1)
        self.place[self.columns] = np.arange(len(self.columns))
        inner = self.matrix[:, self.columns]
        self.rows = np.flatnonzero(np.diff(inner.tocsr().indptr))
        self.inner = inner.tocsr()[self.rows]
        graph = sparse.bmat([[None, self.inner], [self.inner.T, None]])
        self.part = sparse.csgraph.connected_components(graph, directed=False)[1]

    def proven_together(self, aims: list[_Aim]) -> list[_Aim]:
        """Prove as many aims as possible with few programmes, each of which lets many cells move at once; gives the others."""
        for way in (1, -1):
            self._try_together([aim for aim in aims if aim.way == way])
        return self._left(aims)

    def _try_together(self, aims: list[_Aim]) -> None:
        """Move many cells at once until all arrived; where few do, the rest is tried by halves, neighbours apart."""
        aims = self._left(aims)
        while len(aims) > 2:
            self._move_many(aims)
            tried, aims = len(aims), self._left(aims)
            if FEW * (tried - len(aims)) < tried:
                self._try_together(aims[::2])
                self._try_together(aims[1::2])
                return

    def _move_many(self, aims: list[_Aim]) -> None:
        """Move all aims' cells towards their goals together, and remember how far they came."""
        size, number = len(self.columns), len(aims)
        at = self.place[[aim.cell for aim in aims]]
        goal = np.array([aim.goal for aim in aims])
        way = aims[0].way
        pick = sparse.csr_matrix((np.ones(number), (np.arange(number), at)), shape=(number, size))
        # gain ≤ way × (cell − value), and gain ≤ way × (goal − value): only the way to the goal counts
        above = sparse.hstack([-way * pick, sparse.identity(number)]).tocsr()
        worth = 1 + np.linspace(0.0, 0.5, number)  # not all alike, so that some arrive whole
        start = self.values[[aim.cell for aim in aims]]
        known = self.inner @ self.values[self.columns]
        solution = _solve(
            np.r_[np.zeros(size), -worth],
            sparse.hstack([self.inner, sparse.csr_matrix((len(self.rows), number))]).tocsr(),
            known,
            np.c_[
                np.r_[self.floors[self.columns], np.zeros(number)], np.r_[np.full(size, np.inf), way * (goal - start)]
            ],
            (above, -way * start),
        )
        self._remember(solution.x[:size], self.columns)

    def _remember(self, reached: Numbers, cells: Positions) -> None:
        point = self.values.copy()
        point[cells] = reached
        self.points.append((point, np.abs(point - self.values) > TOLERANCE))
        self.low, self.high = np.minimum(self.low, point), np.maximum(self.high, point)

    def exact(self, aims: list[_Aim]) -> list[Breach]:
        """Attack each aim by itself, and give those that fail."""
        found: list[Breach] = []
        parts = self.part[len(self.rows) + self.place[[aim.cell for aim in aims]]] if aims else np.zeros(0)
        for part in np.unique(parts):
            columns = np.flatnonzero(self.part[len(self.rows) :] == part)
            rows = np.flatnonzero(self.part[: len(self.rows)] == part)
            own = [aim for aim, of in zip(aims, parts, strict=True) if of == part]
            step = max(1, CHUNK // len(columns))
            while own and len(found) < ENOUGH:
                found += self._attack(own[:step], rows, columns)
                own = self._left(own[step:])
        return found

    def _left(self, aims: list[_Aim]) -> list[_Aim]:
        """Those that nothing seen under this pattern proves."""
        low, high = self.low - TOLERANCE, self.high + TOLERANCE
        return [aim for aim in aims if not low[aim.cell] <= aim.goal <= high[aim.cell]]

    def _attack(self, aims: list[_Aim], rows: Positions, columns: Positions) -> Iterator[Breach]:
        """One programme with a copy of the part for each aim."""
        inner = self.inner[rows][:, columns]
        cells = self.columns[columns]
        copies, size = len(aims), len(columns)
        at = np.searchsorted(columns, self.place[[aim.cell for aim in aims]]) + size * np.arange(copies)
        price, bounds = np.zeros(size * copies), np.tile(np.c_[self.floors[cells], np.full(size, np.inf)], (copies, 1))
        for aim, place in zip(aims, at, strict=True):
            price[place] = -aim.way
            bounds[place, (1 + aim.way) // 2] = aim.goal
        known = np.tile(inner @ self.values[cells], copies)
        solution = _solve(price, sparse.kron(sparse.identity(copies), inner).tocsr(), known, bounds)
        duals = solution.eqlin.marginals.reshape(copies, len(rows))
        for number, (aim, place, dual) in enumerate(zip(aims, at, duals, strict=True)):
            self._remember(solution.x[number * size : (number + 1) * size], cells)
            short = aim.way * (aim.goal - solution.x[place])
            if short > TOLERANCE * max(1.0, abs(aim.goal)):
                yield self._cut(aim, rows, dual)

    def _cut(self, aim: _Aim, rows: Positions, dual: Numbers) -> Breach:
        """What the duals of an attack say that any safe pattern must hide (Benders; Fischetti and Salazar 2000)."""
        price = -(self.matrix[self.rows[rows]].T @ dual)
        price[aim.cell] -= aim.way
        far = abs(aim.goal - self.values[aim.cell])
        price[np.abs(price) < 1e-7] = 0.0
        falls = np.where(price > 0, price * (self.values - self.floors), 0.0)
        weights = np.where(price < 0, far, np.minimum(falls, far))
        weights[aim.cell] = 0.0
        return Breach(aim.need, weights, far)


def _solve(
    price: Numbers,
    matrix: sparse.csr_matrix,
    known: Numbers,
    bounds: Numbers,
    above: tuple[sparse.csr_matrix, Numbers] | None = None,
) -> OptimizeResult:
    from scipy.optimize import linprog  # noqa: PLC0415 - loading it takes a quarter of a second: only when it is needed

    more = {} if above is None else {"A_ub": above[0], "b_ub": above[1]}
    solution = linprog(price, A_eq=matrix, b_eq=known, bounds=bounds, method="highs-ds", **more)
    if solution.status != 0:
        raise ArithmeticError(solution.message)
    return solution
