"""Tables as they are declared to the door: cells with coordinates, and how their cells add up.

A cell is known by its coordinates: {issue: 3, week: 2026-07-06} is the count of issue 3 in that week, {week: 2026-07-06} that of
all texts in it, {} that of all texts. Cells of different tables with the same coordinates are one cell. Each dimension divides
what stands above it (its values, blank included, add up to the cell without it), but issues overlap: each is part of the cell
without it, and they add up to nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import polars as pl

    from langnghe.measure.disclosure.system import Numbers

Coordinates = frozenset[tuple[str, Any]]
"""The coordinates of a cell: dimension and value."""

OVERLAPPING = "issue"
"""The dimension whose values overlap. A null in it stands for all texts; elsewhere a null is a value: undated, not given."""

MEASURES = ("texts", "messages", "voice")


@dataclass(frozen=True)
class Table:
    """A table that is to be published.

    Attributes
    ----------
    cells : one row a cell, with the columns of `dimensions` and those of `cells.COUNTED`. Every value of a dimension that divides
        has its row; one that is left out counts as a zero that everybody sees.
    dimensions : column → dimension.
    """

    cells: pl.DataFrame
    dimensions: Mapping[str, str]

    def coordinates(self) -> Iterator[Coordinates]:
        """The coordinates of each row."""
        if not self.dimensions:
            yield from (frozenset() for _ in range(len(self.cells)))
            return
        names = list(self.dimensions.values())
        for row in self.cells.select(list(self.dimensions)).iter_rows():
            pairs = zip(names, row, strict=True)
            yield frozenset((name, value) for name, value in pairs if name != OVERLAPPING or value is not None)


@dataclass(frozen=True)
class Sum:
    """Cells that add up.

    Attributes
    ----------
    parts, whole : Σ parts = whole.
    rest : '+' where something that is never published belongs to the whole beside the parts, '-' where parts overlap, '' where
        neither is so.
    """

    parts: tuple[Coordinates, ...]
    whole: Coordinates
    rest: str = ""


@dataclass
class Board:
    """All cells of all tables, each once, in an order that does not depend on that of the rows."""

    values: dict[Coordinates, tuple[float, ...]] = field(default_factory=dict)
    shown_by: dict[Coordinates, int] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Iterable[Table]) -> Board:
        """Collect the cells of tables."""
        read: dict[Coordinates, tuple[float, ...]] = {}
        proof: dict[Coordinates, int] = {}
        for table in tables:
            counts = table.cells.select(*MEASURES, "shown_by").iter_rows()
            for place, (*values, shown_by) in zip(table.coordinates(), counts, strict=True):
                read[place] = tuple(float(value or 0) for value in values)
                proof[place] = min(shown_by, proof.get(place, shown_by))
        ordered = sorted(read, key=_order)
        return cls({place: read[place] for place in ordered}, {place: proof[place] for place in ordered})

    def sums(self) -> Iterator[Sum]:
        """The sums that follow from the coordinates alone."""
        parts: dict[tuple[Coordinates, str], list[Coordinates]] = defaultdict(list)
        for place in self.values:
            for pair in place:
                parts[place - {pair}, pair[0]].append(place)
        for (whole, dimension), cells in parts.items():
            if whole not in self.values:
                continue
            if dimension == OVERLAPPING:
                yield from (Sum((cell,), whole, "+") for cell in cells)
            else:
                yield Sum(tuple(cells), whole)

    def excluding(self, issues: Iterable[Any]) -> Iterator[Sum]:
        """The sums of issues of which a text has one at most: together they are part of what stands above them."""
        alike: dict[Coordinates, list[Coordinates]] = defaultdict(list)
        among = set(issues)
        for place in self.values:
            for pair in place:
                if pair[0] == OVERLAPPING and pair[1] in among:
                    alike[place - {pair}].append(place)
        for whole, cells in alike.items():
            if whole in self.values and len(cells) > 1:
                yield Sum(tuple(cells), whole, "+")

    def nested(self, fine: str, coarse: str, inside: Mapping[Any, Any]) -> Iterator[Sum]:
        """The sums of a finer dimension within a coarser one.

        Parameters
        ----------
        fine, coarse : dimensions.
        inside : value of `fine` → the value of `coarse` that it lies in wholly.
        """
        alike: dict[Coordinates, list[Coordinates]] = defaultdict(list)
        for place in self.values:
            for name, value in place:
                if name == fine and value in inside:
                    alike[place - {(name, value)} | {(coarse, inside[value])}].append(place)
        for whole, cells in alike.items():
            if whole in self.values:
                total = self.values[whole][0] - sum(self.values[cell][0] for cell in cells)
                yield Sum(tuple(cells), whole, "+" if total > 0 else "")


def _order(place: Coordinates) -> tuple[Any, ...]:
    return (
        len(place),
        sorted((name, value is None, type(value).__name__, str(value).rjust(24)) for name, value in place),
    )


def cost(texts: float, *, above: bool) -> float:
    """What is lost by hiding a cell: more for a large one, and much more for one that others add up to."""
    return (1 + math.log10(1 + texts)) * (4 if above else 1)


def matrix_of(board: Board, sums: Iterable[Sum]) -> tuple[Any, Numbers]:
    """The sums as a sparse matrix (sums × cells), and the values (measures × cells), the rests as further cells.

    A rest that would be below 0 by copies that stand in two parts is 0.
    """
    from scipy import sparse  # noqa: PLC0415 - see `attack`

    at = {place: number for number, place in enumerate(board.values)}
    values = [list(value) for value in board.values.values()]
    row: list[int] = []
    column: list[int] = []
    sign: list[float] = []
    links = list(sums)
    for number, link in enumerate(links):
        places = [at[part] for part in link.parts]
        row += [number] * (len(places) + 1)
        column += [*places, at[link.whole]]
        sign += [1.0] * len(places) + [-1.0]
        if link.rest:
            way = 1.0 if link.rest == "+" else -1.0
            rest = [way * (values[at[link.whole]][m] - sum(values[p][m] for p in places)) for m in range(len(MEASURES))]
            row.append(number)
            column.append(len(values))
            sign.append(way)
            values.append([max(amount, 0.0) for amount in rest])
    shape = (len(links), len(values))
    return sparse.csr_matrix((sign, (row, column)), shape=shape), np.array(values).reshape(-1, len(MEASURES)).T
