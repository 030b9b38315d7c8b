"""Findings: shares with intervals from what people coded, and how they changed since the period before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.measure.coding.sample import ESTIMATE
from langnghe.measure.differences import find_differences
from langnghe.measure.shares import Basis, Division, Share, estimate_share, weights_of
from langnghe.nouns import CHANGES, CODED, SHARES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.nouns import Rule

    Floats = NDArray[np.float64]

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
    strata : of each coded text, by 'issue.wages'; what is not named is 0.
    divided : (kind, id) of the shares that are stratified → basis → shares of the strata.
    """

    name: str
    size: int
    place: NDArray[np.int64]
    weight: NDArray[np.float64]
    copies: NDArray[np.int64]
    issues: list[list[str]]
    reaction: list[str]
    strata: list[dict[str, int]]
    divided: dict[tuple[str, str], dict[str, Floats]]


def periods_of(
    texts: pl.DataFrame, sample: pl.DataFrame, codings: pl.DataFrame, estimators: pl.DataFrame
) -> list[Period]:
    """Put together what was coded, period by period, in the order of their first sample.

    Parameters
    ----------
    texts : text_id, copy_of, period (null for texts that no sample covers).
    sample : text_id, period, purpose, weight, strata: the texts drawn.
    codings : schema `nouns.CODINGS`, the coding that counts first.
    estimators : of schema `coding.store.ESTIMATORS`.
    """
    said = codings.filter(pl.col("purpose") == ESTIMATE).unique("text_id", keep="first", maintain_order=True)
    drawn = sample.filter(pl.col("purpose") == ESTIMATE).join(
        said.select("text_id", "issues", "reaction"), on="text_id"
    )
    names = sample["period"].unique(maintain_order=True)
    return [_period(str(name), texts, drawn, estimators) for name in names]


def _period(name: str, texts: pl.DataFrame, drawn: pl.DataFrame, estimators: pl.DataFrame) -> Period:
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
        [_strata(one) for one in coded["strata"].to_list()],
        _divided(estimators.filter(pl.col("period") == name)),
    )


def _strata(said: Sequence[str]) -> dict[str, int]:
    return {one.rpartition("=")[0]: int(one.rpartition("=")[2]) for one in said}


def _divided(estimators: pl.DataFrame) -> dict[tuple[str, str], dict[str, Floats]]:
    rows = estimators.filter(pl.col("estimator") == "stratified").iter_rows(named=True)
    shares = {(row["kind"], row["id"]): {basis: np.array(row[basis], dtype=float) for basis in BASES} for row in rows}
    return {key: {basis: one / one.sum() for basis, one in found.items()} for key, found in shares.items()}


def _division(period: Period, key: Key) -> Division | None:
    """How the sample is divided for a share; None where Wilson's interval was chosen."""
    kind, one, basis = key
    if (kind, one) not in period.divided:
        return None
    of = np.array([strata.get(f"{kind}.{one}", 0) for strata in period.strata], dtype=np.int64)
    return Division(of, period.divided[kind, one][basis])


def shares_of(
    period: Period, issues: Sequence[str], reactions: Sequence[str], *, plain: bool = False
) -> dict[Key, Share]:
    """The share of each issue and each reaction in a period; none where nothing was coded.

    With `plain` all of them by Wilson's interval, whatever was chosen.
    """
    if not len(period.place):
        return {}
    spoken = [("issue", one, np.array([one in given for given in period.issues])) for one in issues]
    reacted = [("reaction", one, np.array([one == given for given in period.reaction])) for one in reactions]
    found: dict[Key, Share] = {}
    for basis in BASES:
        weights = weights_of(basis, period.copies, np.ones(period.size))
        for kind, one, positive in [*spoken, *reacted]:
            divided = None if plain else _division(period, (kind, one, basis))
            found[kind, one, basis] = estimate_share(
                period.place, positive, weights, basis=basis, drawn=period.weight, divided=divided
            )
    return found


def shares_frame(period: Period, shares: dict[Key, Share], plain: dict[Key, Share], rule: Rule) -> pl.DataFrame:
    """Shares as the report prints them (schema `nouns.SHARES`), with Wilson's interval of the same answers beside each.

    Of an upper bound only the upper limit is told, and so it is of a share that may stand for fewer texts than the rule asks for.
    """
    rows = []
    for (kind, one, basis), share in shares.items():
        bound = share.estimator == "upper bound" or share.low * period.size < rule.k
        estimate, low = (None, None) if bound else (share.estimate, share.low)
        told = "upper bound" if bound else share.estimator
        beside = plain[kind, one, basis]
        wilson_low = None if bound or beside.low * period.size < rule.k else beside.low
        about = (share.coded, told, share.design_effect, wilson_low, beside.high)
        rows.append((period.name, kind, one, basis, estimate, low, share.high, *about))
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
    texts: pl.DataFrame,
    sample: pl.DataFrame,
    codings: pl.DataFrame,
    estimators: pl.DataFrame,
    ids: Sequence[Sequence[str]],
    rule: Rule,
) -> dict[str, pl.DataFrame]:
    """Measure what people coded.

    Parameters
    ----------
    texts, sample, codings, estimators : see `periods_of`.
    ids : the ids of the issues, and those of the reactions.
    rule : what may be shown.

    Returns
    -------
    The tables shares, changes and coded of `Figures`, by name.
    """
    periods = periods_of(texts, sample, codings, estimators)
    shares = [shares_of(period, *ids) for period in periods]
    plain = [shares_of(period, *ids, plain=True) for period in periods]
    frames = [shares_frame(*three, rule) for three in zip(periods, shares, plain, strict=True)]
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
