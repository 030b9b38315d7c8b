"""Hiding by pytauargus, each table for itself: optimal suppression with a least frequency, a zero being as small as any count below k."""

from __future__ import annotations

import importlib
import importlib.util
import tempfile
from contextlib import chdir
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from langnghe.measure.disclosure import Table

RULES = "FREQ(10,100)|ZERO(10)"
Cells = dict[tuple[tuple[str, int], ...], bool]
"""Cells by their coordinates, sorted → whether they are hidden."""


def is_there() -> bool:
    """Whether pytauargus is installed."""
    return bool(importlib.util.find_spec("pytauargus"))


def hidden_by_tauargus(tables: Mapping[str, Table]) -> dict[str, pl.DataFrame]:
    """The tables of a corpus, protected one by one; a cell that some table shows is shown."""
    both = _counts(tables["both"])
    weeks = {place: n for place, n in _counts(tables["weeks"]).items() if "issue" not in dict(place)}
    places = _counts(tables["places"])
    cells = _protected(both, ("source", "week"))
    for table, whole, dimension in (("weeks", weeks, "week"), ("spots", places, "group.place")):
        said = _counts(tables[table])
        for issue in sorted({dict(place)["issue"] for place in said if "issue" in dict(place)}):
            spoken = {place: n for place, n in said.items() if dict(place).get("issue") == issue}
            cells |= _joined(cells, _of_issue(spoken, whole, dimension, issue))
    return {name: _marked(table, cells) for name, table in tables.items()}


def _counts(table: Table) -> dict[tuple[tuple[str, int], ...], int]:
    keys = (tuple(sorted(place)) for place in table.coordinates())
    return dict(zip(keys, table.cells["texts"].to_list(), strict=True))


def _of_issue(
    spoken: Mapping[tuple[tuple[str, int], ...], int],
    whole: Mapping[tuple[tuple[str, int], ...], int],
    dimension: str,
    issue: int,
) -> Cells:
    """The table of who speaks of an issue and who does not, by week or by place."""
    said = {dict(place)[dimension]: n for place, n in spoken.items()}
    counts = {(("issue", issue), *place): said.get(dict(place)[dimension], 0) for place in whole}
    counts |= {(("issue", -1), *place): n - said.get(dict(place)[dimension], 0) for place, n in whole.items()}
    cells = _protected(counts, ("issue", dimension))
    return {place: hidden for place, hidden in cells.items() if ("issue", -1) not in place}


def _joined(old: Cells, new: Cells) -> Cells:
    return {place: hidden and old.get(place, True) for place, hidden in new.items()}


def _protected(counts: Mapping[tuple[tuple[str, int], ...], int], names: tuple[str, str]) -> Cells:
    tauargus: Any = importlib.import_module("pytauargus")
    places, numbers = list(counts), np.array(list(counts.values()))
    columns: dict[str, list[Any]] = {
        name.replace(".", "_"): np.repeat([f"v{dict(place)[name]}" for place in places], numbers).tolist()
        for name in names
    }
    columns["texts"] = [1.0] * int(numbers.sum())
    with tempfile.TemporaryDirectory() as folder, chdir(folder):  # its solver writes logs where it stands
        found = tauargus.protect(columns, [name.replace(".", "_") for name in names], "texts", RULES, "OPT(1)").tables[
            0
        ]
    rows = [dict(zip(found.columns, row, strict=False)) if not isinstance(row, dict) else row for row in found.rows]
    cells: Cells = {}
    for row, status in zip(rows, found.status(), strict=True):
        values = [(name, row[name.replace(".", "_")]) for name in names]
        place = tuple(sorted((name, int(value.strip()[1:])) for name, value in values if value.strip() != "Total"))
        cells[place] = status not in {"S", "Z"}
    return cells


def _marked(table: Table, cells: Cells) -> pl.DataFrame:
    hidden = [cells.get(tuple(sorted(place)), False) for place in table.coordinates()]
    return table.cells.with_columns(hidden=pl.Series(hidden, dtype=pl.Boolean))
