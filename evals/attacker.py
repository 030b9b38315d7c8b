"""An attacker who has only what was published: written apart from the product, to try to undo what it hides.

Every hidden cell is an unknown number of texts, messages and voices. The attacker knows that cells add up, that a message or
a voice is a text, that a message may stand in two cells but no cell has more than their sum, that voices are rounded
down, and that an issue is part of all. For each hidden cell the least and the largest possible count are asked for, by
integer programming (or by linear programming, which is faster and allows more).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl

Place = frozenset[tuple[str, Any]]
MEASURES = ("texts", "messages", "voices")


@dataclass
class Attacker:
    """What an attacker has read.

    Attributes
    ----------
    shown : count by cell and measure.
    hidden : cells whose counts are not printed.
    rows : inequalities among unknowns: coefficients, least, most.
    """

    measures: tuple[str, ...] = MEASURES
    shown: dict[tuple[Place, str], float] = field(default_factory=dict)
    hidden: set[Place] = field(default_factory=set)
    places: dict[Place, None] = field(default_factory=dict)
    rows: list[tuple[dict[tuple[Place, str], float], float, float]] = field(default_factory=list)

    def read(self, frame: pl.DataFrame, dimensions: Mapping[str, str]) -> None:
        """Read a published table: column → dimension; a null issue stands for all."""
        for row in frame.iter_rows(named=True):
            pairs = ((name, row[column]) for column, name in dimensions.items())
            place = frozenset(pair for pair in pairs if pair[0] != "issue" or pair[1] is not None)
            self.places[place] = None
            if row["hidden"]:
                self.hidden.add(place)
                continue
            for measure in self.measures:
                if row.get(measure) is not None:
                    self.shown[place, measure] = row[measure]

    def know(self, shares: Iterable[tuple[Place, Place, float, int]]) -> None:
        """Know shares as printed: cell, base, share, decimals; the base is a shown cell."""
        for place, base, share, decimals in shares:
            texts, half = self.shown[base, "texts"], 0.5 * 10.0**-decimals
            self.rows.append(({(place, "texts"): 1.0}, (share - half) * texts, (share + half) * texts))

    def sums(self, parts: Iterable[Place], whole: Place, *, least: bool = True, most: bool = True) -> None:
        """Know that parts add up to a whole; or to the whole at least, or at most."""
        cells = list(parts)
        for measure in self.measures:
            weights = {(cell, measure): 1.0 for cell in cells}
            weights[whole, measure] = weights.get((whole, measure), 0.0) - 1.0
            loose = {"texts": (0.0, 0.0), "messages": (0.0, np.inf), "voices": (1.0 - len(cells), 0.0)}[measure]
            self.rows.append((weights, loose[0] if least else -np.inf, loose[1] if most else np.inf))
            if measure == "messages" and most:
                self.rows += [({(cell, measure): 1.0, (whole, measure): -1.0}, -np.inf, 0.0) for cell in cells]

    def add_up(self) -> None:
        """Know the sums that tables of counts always keep."""
        children: dict[tuple[Place, str], list[Place]] = defaultdict(list)
        for place in self.places:
            for pair in place:
                children[place - {pair}, pair[0]].append(place)
        for (whole, dimension), cells in children.items():
            if whole in self.places and dimension == "issue":
                for cell in cells:
                    self.sums([cell], whole, least=False)
            elif whole in self.places:
                self.sums(cells, whole)

    def intervals(
        self, cells: Iterable[Place], *, whole_numbers: bool = True
    ) -> dict[tuple[Place, str], tuple[float, float]]:
        """The least and the largest possible count of each hidden cell, in every measure."""
        unknown = [(place, measure) for place in self.places if place in self.hidden for measure in self.measures]
        at = {key: number for number, key in enumerate(unknown)}
        matrix, low, high = self._system(at)
        constraints = LinearConstraint(matrix, low, high) if matrix.shape[0] else ()
        kind = np.full(len(at), int(whole_numbers))
        found = {}
        for place in cells:
            for measure in self.measures:
                price = np.zeros(len(at))
                price[at[place, measure]] = 1.0
                ends = []
                for way in (1.0, -1.0):
                    solved = milp(way * price, constraints=constraints, integrality=kind, bounds=Bounds(0, np.inf))
                    ends.append(np.inf if solved.status == 3 else way * solved.fun if solved.x is not None else np.nan)
                found[place, measure] = (ends[0], ends[1])
        return found

    def _system(
        self, at: Mapping[tuple[Place, str], int]
    ) -> tuple[csr_matrix, np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        row: list[int] = []
        column: list[int] = []
        value: list[float] = []
        low: list[float] = []
        high: list[float] = []
        implied = [({(p, m): 1.0, (p, "texts"): -1.0}, -np.inf, 0.0) for p in self.hidden for m in self.measures[1:]]
        for weights, least, most in [*self.rows, *implied]:
            known = sum(weight * self.shown[key] for key, weight in weights.items() if key in self.shown)
            unknown = [(at[key], weight) for key, weight in weights.items() if key in at]
            missing = len(unknown) < sum(key not in self.shown for key in weights)
            if not unknown or missing:
                continue
            row += [len(low)] * len(unknown)
            column += [number for number, _ in unknown]
            value += [weight for _, weight in unknown]
            low.append(least - known)
            high.append(most - known)
        return csr_matrix((value, (row, column)), shape=(len(low), len(at))), np.array(low), np.array(high)
