"""Disclosure: small cells of linked tables that an attacker finds or narrows, and what is lost by hiding.

Beside ours: hiding small cells alone, and hiding a second cell in each row by a rule, each table for itself.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from evals.attacker import Attacker, Place
from evals.results import Result
from langnghe.measure.disclosure import Table, publish
from langnghe.nouns import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RULE = Rule(10, "accounts")
CORPORA = 10
SOURCES, WEEKS, ISSUES, PLACES = 4, 8, 4, 6
"""Corpora that are drawn, and the sizes of their tables."""

Tables = dict[str, Table]


def results() -> Iterator[Result]:
    """Small cells found exactly and narrowed below 0 … k - 1 by linear programming; cells hidden of all cells."""
    drawn = [_corpus(np.random.default_rng(seed)) for seed in range(CORPORA)]
    for name, method in {"ours": _ours, "second cell by rule": _second_cell, "threshold alone": _threshold}.items():
        began = time.process_time()
        published = [method(tables) for tables in drawn]
        seconds = time.process_time() - began
        found = np.array([_attacked(tables, shown) for tables, shown in zip(drawn, published, strict=True)]).sum(axis=0)
        exact, narrowed, small, hidden, cells = found
        for metric, value in (
            ("small cells found exactly", exact / small),
            ("small cells narrowed", narrowed / small),
            ("cells hidden", hidden / cells),
            ("cells that are small", small / cells),
        ):
            yield Result("disclosure", "linked tables", name, metric, float(value), seconds)


def _corpus(random: np.random.Generator) -> Tables:
    """Sources × weeks, and issues × weeks and × places, with all their totals; every text of its own author."""
    both = random.poisson(random.gamma(1.2, 20, (SOURCES, 1)) * random.gamma(4, 0.25, (1, WEEKS)))
    weeks, total = both.sum(axis=0), int(both.sum())
    tables = {
        "total": _table({(): total}, ()),
        "sources": _table({(s,): int(n) for s, n in enumerate(both.sum(axis=1))}, ("source",)),
        "both": _table({(s, w): int(n) for (s, w), n in np.ndenumerate(both)}, ("source", "week")),
    }
    places = random.multinomial(total, random.dirichlet(np.full(PLACES, 1.0)))
    spoken = np.array([random.binomial(weeks, p) for p in random.beta(1, 5, ISSUES)])
    spots = np.array([random.multivariate_hypergeometric(places, int(n)) for n in spoken.sum(axis=1)])
    by_week = {(None, w): int(n) for w, n in enumerate(weeks)}
    by_week |= {(i, w): int(n) for (i, w), n in np.ndenumerate(spoken)}
    tables["issues"] = _table({(i,): int(n) for i, n in enumerate(spoken.sum(axis=1))}, ("issue",))
    tables["weeks"] = _table(by_week, ("issue", "week"))
    tables["places"] = _table({(p,): int(n) for p, n in enumerate(places)}, ("group.place",))
    tables["spots"] = _table({(i, p): int(n) for (i, p), n in np.ndenumerate(spots)}, ("issue", "group.place"))
    return tables


def _table(counts: Mapping[tuple[int | None, ...], int], dimensions: tuple[str, ...]) -> Table:
    texts = pl.col("texts")
    frame = pl.DataFrame([(*place, n) for place, n in counts.items()], schema=[*dimensions, "texts"], orient="row")
    same = frame.with_columns(messages=texts, voices=texts, voice=texts.cast(pl.Float64), shown_by=texts)
    return Table(same, {name: name for name in dimensions})


def _ours(tables: Tables) -> dict[str, pl.DataFrame]:
    return publish(tables, RULE)


def _threshold(tables: Tables) -> dict[str, pl.DataFrame]:
    return {name: table.cells.with_columns(hidden=pl.col("texts") < RULE.k) for name, table in tables.items()}


def _second_cell(tables: Tables) -> dict[str, pl.DataFrame]:
    """In each row of a table the smallest cells are hidden until they are two, and k texts together."""
    return {name: _row_by_row(table) for name, table in tables.items()}


def _row_by_row(table: Table) -> pl.DataFrame:
    row: list[str] | pl.Expr = list(table.dimensions)[:-1] or pl.lit(0)
    ranked = table.cells.sort("texts", maintain_order=True)
    before = (pl.col("texts").cum_sum() - pl.col("texts")).over(row)
    small = (pl.col("texts") < RULE.k).sum().over(row)
    rank = pl.int_range(pl.len()).over(row)
    return ranked.with_columns(hidden=(small > 0) & ((rank < small) | (rank < 2) | (before < RULE.k)))


def _attacked(tables: Tables, shown: Mapping[str, pl.DataFrame]) -> tuple[int, int, int, int, int]:
    """Small cells found exactly, and narrowed; small cells, hidden cells, cells."""
    attacker = Attacker(measures=("texts",))
    for name, table in tables.items():
        attacker.read(shown[name], table.dimensions)
    attacker.add_up()
    true: dict[Place, int] = {
        place: texts for t in tables.values() for place, texts in zip(t.coordinates(), t.cells["texts"], strict=True)
    }
    small = [place for place, texts in true.items() if texts < RULE.k]
    ends = attacker.intervals(small, whole_numbers=False)
    exact = sum(high - low < 0.5 for low, high in ends.values())
    narrowed = sum(low > 1e-4 or high < RULE.k - 1 - 1e-4 for low, high in ends.values())
    return exact, narrowed, len(small), len(attacker.hidden), len(true)
