"""Impact of an issue as a profile, never as one score: voices, sources reached, weeks it lasted, intensity, momentum.

Each has its own unit. A single number would say that forty voices for a week weigh as much as four for ten weeks; nobody can know that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.measure.cells import ALONE, count_cells, with_alone
from langnghe.nouns import IMPACT
from langnghe.wilson import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.nouns import Figures, Rule

    Floats = NDArray[np.float64]

LEAST_WEEKS = 8
LATE = 4
Z = 1.959964
"""Weeks that momentum needs; one in so many weeks is late; the normal quantile of a 95 % interval."""


def profile(texts: pl.DataFrame, assigned: pl.DataFrame, rule: Rule, pressing: Sequence[int]) -> pl.DataFrame:
    """The impact of each issue.

    Parameters
    ----------
    texts : one row per text: text_id, week (Date), source, voice, batch, copy_of, reaction.
    assigned : text_id, issue.
    rule : what may be shown: an issue below it has no row; a source or a week counts where it stands for at least k.
    pressing : reactions that ask for something to change (complaint, request), as numbers.

    Returns
    -------
    DataFrame of schema `nouns.IMPACT`, sorted by issue.
    """
    texts = with_alone(texts).select("text_id", "week", "source", "voice", "batch", "copy_of", "reaction", ALONE)
    spoken = assigned.select("text_id", "issue").join(texts, on="text_id", maintain_order="left")
    whole = count_cells(spoken, ["issue"]).filter(pl.col("shown_by") >= rule.k).select("issue", "messages", "voices")
    reached = _reached(spoken, "source", rule)
    intense = _intensity(spoken, pressing)
    moved = _momentum(texts, spoken, rule)
    joined = whole.join(reached, on="issue", how="left").join(_reached(spoken, "week", rule), on="issue", how="left")
    every = joined.join(intense, on="issue", how="left").join(moved, on="issue", how="left")
    return every.sort("issue").select(IMPACT.names()).cast(IMPACT)


def public_profile(impact: pl.DataFrame, figures: Figures, pressing: Sequence[int]) -> pl.DataFrame:
    """The profiles without what would say something of hidden cells.

    An issue that is hidden has no row, weeks are those that are shown, and a figure that sums over hidden cells is null: the
    intensity where a pressing reaction is hidden, the momentum where a week is.
    """
    hidden = pl.col("hidden")
    shown = figures.issues.filter(~hidden).select("issue")
    reactions = figures.reactions.filter(pl.col("reaction").is_in(list(pressing)))
    told = reactions.group_by("issue").agg((~hidden).all().alias("told"))
    weeks = figures.weeks.group_by("issue").agg(
        (~hidden).sum().cast(pl.Int64).alias("weeks"), (~hidden).all().alias("whole")
    )
    joined = impact.drop("weeks").join(shown, on="issue", how="semi").join(told, on="issue", how="left")
    every = joined.join(weeks, on="issue", how="left").sort("issue")
    emptied = [pl.when(pl.col("told")).then(pl.col(c)).alias(c) for c in _INTENSITY]
    emptied += [pl.when(pl.col("whole")).then(pl.col(c)).alias(c) for c in _MOMENTUM]
    return every.with_columns(emptied).select(IMPACT.names()).cast(IMPACT)


_INTENSITY = ("intensity", "intensity_low", "intensity_high")


def _reached(spoken: pl.DataFrame, by: str, rule: Rule) -> pl.DataFrame:
    cells = count_cells(spoken.filter(pl.col(by).is_not_null()), ["issue", by])
    return cells.group_by("issue").agg((pl.col("shown_by") >= rule.k).sum().cast(pl.Int64).alias(f"{by}s"))


def _intensity(spoken: pl.DataFrame, pressing: Sequence[int]) -> pl.DataFrame:
    """The share of distinct messages that complain or ask, with Wilson's interval for what chance does to a share of so many."""
    messages = spoken.group_by("issue", "copy_of").agg(
        pl.col("reaction").is_in(list(pressing)).mean().alias("pressing")
    )
    rates = messages.group_by("issue").agg(pl.col("pressing").mean().round(9).alias("intensity"), pl.len().alias("of"))
    low, high = wilson(rates["intensity"].to_numpy(), rates["of"].cast(pl.Float64).to_numpy(), Z)
    return rates.drop("of").with_columns(intensity_low=pl.Series(low), intensity_high=pl.Series(high))


def _momentum(texts: pl.DataFrame, spoken: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    """The issue's share of the messages in the last quarter of the weeks over that in the weeks before.

    The interval is that of a ratio of two counts, widened by how much more the weekly counts vary than by chance (quasi-Poisson;
    McCullagh and Nelder 1989, 9.2). Null where either part has fewer than k messages.
    """
    totals = count_cells(texts.filter(pl.col("week").is_not_null()), ["week"]).select("week", total="messages")
    schema = pl.Schema({"issue": spoken.schema["issue"], **dict.fromkeys(_MOMENTUM, pl.Float64())})
    if len(totals) < LEAST_WEEKS:
        return pl.DataFrame(schema=schema)
    counts = count_cells(spoken.filter(pl.col("week").is_not_null()), ["issue", "week"]).select(
        "issue", "week", "messages"
    )
    grid = spoken.select("issue").unique().join(totals, how="cross").join(counts, on=["issue", "week"], how="left")
    rows = []
    for (issue,), part in grid.fill_null(0).sort("issue", "week").group_by("issue", maintain_order=True):
        found = momentum(part["messages"].to_numpy().astype(float), part["total"].to_numpy().astype(float), rule.k)
        rows.append((issue, *(found or (None, None, None))))
    return pl.DataFrame(rows, schema=schema, orient="row")


_MOMENTUM = ("momentum", "momentum_low", "momentum_high")


def momentum(counts: Floats, totals: Floats, least: int) -> tuple[float, float, float] | None:
    """How many times its earlier share an issue has lately, with its interval; None where there is too little.

    Parameters
    ----------
    counts, totals : messages of the issue and of all, week by week, shape (weeks,).
    least : messages that the late and the early weeks need each.

    Examples
    --------
    >>> counts = np.array([10.0] * 9 + [20.0] * 3)
    >>> [round(value, 1) for value in momentum(counts, np.full(12, 100.0), 10)]
    [2.0, 1.5, 2.7]
    """
    late = np.arange(len(counts)) >= len(counts) - max(3, len(counts) // LATE)
    new, old = counts[late].sum(), counts[~late].sum()
    if min(new, old) < least:
        return None
    rates = np.where(late, new / totals[late].sum(), old / totals[~late].sum())
    expected = rates * totals
    spread = float(((counts - expected) ** 2 / np.maximum(expected, 1e-9)).sum() / max(len(counts) - 2, 1))
    error = np.sqrt(max(spread, 1.0) * (1 / new + 1 / old))
    ratio = rates[-1] / rates[0]
    return float(ratio), float(ratio * np.exp(-Z * error)), float(ratio * np.exp(Z * error))
