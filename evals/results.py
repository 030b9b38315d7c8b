"""Results of all tasks in one form, and their page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import polars as pl

from bench.sizes import ROOT
from bench.table import markdown, write_section
from evals.targets import TARGETS, sentence

PAGE = ROOT / "docs" / "evals.md"

RESULTS = pl.Schema(
    {
        "task": pl.String(),
        "data": pl.String(),
        "method": pl.String(),
        "metric": pl.String(),
        "value": pl.Float64(),
        "seconds": pl.Float64(),  # CPU seconds that the method took
    }
)
"""The columns of all results."""


@dataclass(frozen=True)
class Result:
    """One figure: what was measured, on what, of whom, how, the value, and CPU seconds (nan: not measured)."""

    task: str
    data: str
    method: str
    metric: str
    value: float
    seconds: float = float("nan")


Task = Callable[[], Iterator[Result]]
"""A task gives results one by one. It raises `DataMissing` where its data are missing."""


def frame(results: Sequence[Result]) -> pl.DataFrame:
    """Results as a frame of schema `RESULTS`."""
    return pl.DataFrame([vars(result) for result in results], schema=RESULTS)


def shown(value: float, metric: str) -> str:
    """A value as the page prints it: counts whole, all else with three decimals."""
    if value != value:  # noqa: PLR0124 - not a number
        return "–"
    return f"{value:.0f}" if metric.startswith("number of ") else f"{value:.3f}"


def shown_seconds(value: float) -> str:
    """CPU seconds with two decimals, '–' where they were not measured."""
    return "–" if value != value else f"{value:.2f}"  # noqa: PLR0124 - not a number


def table(results: Sequence[Result], *, seconds: bool) -> str:
    """Results as a Markdown table.

    Parameters
    ----------
    results : of one task.
    seconds : whether to show CPU seconds, which differ from run to run and are kept off the page.
    """
    header = ["data", "method", "metric", "value", "target", *(["CPU-s"] if seconds else [])]
    rows = []
    for result in results:
        target = TARGETS.get((result.task, result.data, result.metric)) if result.method == "ours" else None
        line = [result.data, result.method, result.metric, shown(result.value, result.metric), sentence(target)]
        rows.append([*line, *([shown_seconds(result.seconds)] if seconds else [])])
    return markdown(header, rows)


def write(results: Sequence[Result]) -> None:
    """Write the results into the page, a section for each task; other tasks' sections stay as they are."""
    for task, chosen in groupby(results, key=lambda result: result.task):
        write_section(PAGE, task, table(list(chosen), seconds=False))
