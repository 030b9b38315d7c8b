"""Findings: shares with intervals from what people coded, and how they changed since the period before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.measure.coding.sample import ESTIMATE
from langnghe.measure.differences import find_differences
from langnghe.measure.shares import Basis, Share, estimate_share, weights_of
from langnghe.nouns import CHANGES, CODED, SHARES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.nouns import Rule

BASES: tuple[Basis, ...] = ("texts", "messages")
Key = tuple[str, str, Basis]
"""What shares are shares of; a share by (issue or reaction, its id, basis)."""


@dataclass(frozen=True)
class Period:
    """The texts of a period and what people said of its sample.

    Attributes
    ----------
    name : of the period.
    size : its texts.
    place : positions of the coded texts among them.
    weight : of the sample, one per coded text.
    copies : group of copies of each text of the period.
    issues, reaction : what each coded text was given.
    """

    name: str
    size: int
    place: NDArray[np.int64]
    weight: NDArray[np.float64]
    copies: NDArray[np.int64]
    issues: list[list[str]]
    reaction: list[str]


def periods_of(texts: pl.DataFrame, sample: pl.DataFrame, codings: pl.DataFrame) -> list[Period]:
    """Put together what was coded, period by period, in the order of their first sample.

    Parameters
    ----------
    texts : text_id, copy_of, period (null for texts that no sample covers).
    sample : text_id, period, purpose, weight: the texts drawn.
    codings : schema `nouns.CODINGS`, the coding that counts first.
    """
    said = codings.filter(pl.col("purpose") == ESTIMATE).unique("text_id", keep="first", maintain_order=True)
    drawn = sample.filter(pl.col("purpose") == ESTIMATE).join(
        said.select("text_id", "issues", "reaction"), on="text_id"
    )
    return [_period(str(name), texts, drawn) for name in sample["period"].unique(maintain_order=True)]


def _period(name: str, texts: pl.DataFrame, drawn: pl.DataFrame) -> Period:
    whole = texts.filter(pl.col("period") == name).select("text_id", "copy_of").with_row_index("place")
    coded = drawn.filter(pl.col("period") == name).join(whole, on="text_id").sort("place")
    return Period(
        name,
        len(whole),
        coded["place"].cast(pl.Int64).to_numpy(),
        coded["weight"].to_numpy(),
        whole["copy_of"].cast(pl.Int64).to_numpy(),
        coded["issues"].to_list(),
        coded["reaction"].to_list(),
    )


def shares_of(period: Period, issues: Sequence[str], reactions: Sequence[str]) -> dict[Key, Share]:
    """The share of each issue and each reaction in a period; none where nothing was coded."""
    if not len(period.place):
        return {}
    spoken = [("issue", one, np.array([one in given for given in period.issues])) for one in issues]
    reacted = [("reaction", one, np.array([one == given for given in period.reaction])) for one in reactions]
    found: dict[Key, Share] = {}
    for basis in BASES:
        weights = weights_of(basis, period.copies, np.ones(period.size))
        weights[period.place] *= period.weight / period.weight.mean()
        for kind, one, positive in [*spoken, *reacted]:
            found[kind, one, basis] = estimate_share(period.place, positive, weights, basis=basis)
    return found


def shares_frame(period: Period, shares: dict[Key, Share], rule: Rule) -> pl.DataFrame:
    """Shares as the report prints them (schema `nouns.SHARES`).

    Of an upper bound only the upper limit is told, and so it is of a share that may stand for fewer texts than the rule asks for.
    """
    rows = []
    for (kind, one, basis), share in shares.items():
        bound = share.estimator == "upper bound" or share.low * period.size < rule.k
        estimate, low = (None, None) if bound else (share.estimate, share.low)
        told = "upper bound" if bound else share.estimator
        rows.append((period.name, kind, one, basis, estimate, low, share.high, share.coded, told, share.design_effect))
    return pl.DataFrame(rows, schema=SHARES, orient="row")


def changes_frame(before: str, after: str, first: dict[Key, Share], second: dict[Key, Share]) -> pl.DataFrame:
    """What changed from one period to the next (schema `nouns.CHANGES`), held together over the report (Holm)."""
    keys = [key for key in second if key in first and key[0] == "issue"]
    found = find_differences([(first[key], second[key]) for key in keys])
    rows = [
        (before, after, key[1], key[2], one.estimate, one.low, one.high, one.adjusted, one.is_clear())
        for key, one in zip(keys, found, strict=True)
    ]
    return pl.DataFrame(rows, schema=CHANGES, orient="row")


def measure_findings(
    texts: pl.DataFrame, sample: pl.DataFrame, codings: pl.DataFrame, ids: Sequence[Sequence[str]], rule: Rule
) -> dict[str, pl.DataFrame]:
    """Measure what people coded.

    Parameters
    ----------
    texts, sample, codings : see `periods_of`.
    ids : the ids of the issues, and those of the reactions.
    rule : what may be shown.

    Returns
    -------
    The tables shares, changes and coded of `Figures`, by name.
    """
    periods = periods_of(texts, sample, codings)
    shares = [shares_of(period, *ids) for period in periods]
    frames = [shares_frame(period, one, rule) for period, one in zip(periods, shares, strict=True)]
    changes = pl.DataFrame(schema=CHANGES)
    if len(periods) > 1 and shares[-2] and shares[-1]:
        changes = changes_frame(periods[-2].name, periods[-1].name, shares[-2], shares[-1])
    drawn = dict(sample.filter(pl.col("purpose") == ESTIMATE).group_by("period").len().iter_rows())
    coded = [(period.name, period.size, drawn.get(period.name, 0), len(period.place)) for period in periods]
    return {
        "shares": pl.concat(frames) if frames else pl.DataFrame(schema=SHARES),
        "changes": changes,
        "coded": pl.DataFrame(coded, schema=CODED, orient="row"),
    }
