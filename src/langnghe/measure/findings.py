"""Findings: shares with intervals from what people coded, and how they changed since the period before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.measure.coding.sample import ESTIMATE
from langnghe.measure.differences import find_differences
from langnghe.measure.shares import Basis, Division, Share, estimate_share, estimate_shares, weights_of
from langnghe.nouns import CHANGES, CODED, CONTRASTS, GROUP_PREFIX, MERGED, SHARES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from langnghe.nouns import Rule

    Floats = NDArray[np.float64]

BASES: tuple[Basis, ...] = ("texts", "messages")
LEAST_GROUP = 30
LEAST_POSITIVES = 10
Key = tuple[str, str, Basis]
"""What shares are shares of; coded texts that a group needs on either side of a contrast, and texts of the issue in the sample; a share by (issue or
reaction, its id, basis)."""


@dataclass(frozen=True)
class Period:
    """The texts of a period and what people said of its sample.

    Attributes
    ----------
    name : of the period.
    size : its texts.
    place : positions of the coded texts among them.
    weight : of the sample, one per coded text.
    weights : basis → what each text of the period weighs.
    groups : column of groups → value of each text of the period.
    issues, reaction : what each coded text was given.
    strata : of each coded text, by 'issue.wages'; what is not named is 0.
    divided : (kind, id) of the shares that are stratified → basis → shares of the strata.
    """

    name: str
    size: int
    place: NDArray[np.int64]
    weight: NDArray[np.float64]
    weights: dict[Basis, Floats]
    groups: dict[str, pl.Series]
    issues: list[list[str]]
    reaction: list[str]
    strata: list[dict[str, int]]
    divided: dict[tuple[str, str], dict[str, Floats]]


def periods_of(
    texts: pl.DataFrame,
    sample: pl.DataFrame,
    codings: pl.DataFrame,
    estimators: pl.DataFrame,
    weights: Mapping[str, Floats],
) -> list[Period]:
    """Put together what was coded, period by period, in the order of their first sample.

    Parameters
    ----------
    texts : text_id, copy_of, period (null for texts that no sample covers), and columns of groups.
    sample : text_id, period, purpose, weight, strata: the texts drawn.
    codings : schema `nouns.CODINGS`, the coding that counts first.
    estimators : of schema `coding.store.ESTIMATORS`.
    weights : period → population weight of each of its texts; empty without margins.
    """
    said = codings.filter(pl.col("purpose") == ESTIMATE).unique("text_id", keep="first", maintain_order=True)
    drawn = sample.filter(pl.col("purpose") == ESTIMATE).join(
        said.select("text_id", "issues", "reaction"), on="text_id"
    )
    names = sample["period"].unique(maintain_order=True)
    return [_period(str(name), texts, drawn, estimators, weights.get(str(name))) for name in names]


def _period(
    name: str, texts: pl.DataFrame, drawn: pl.DataFrame, estimators: pl.DataFrame, weights: Floats | None
) -> Period:
    whole = texts.filter(pl.col("period") == name).with_row_index("place")
    coded = drawn.filter(pl.col("period") == name).join(whole.select("place", "text_id"), on="text_id").sort("place")
    copies = whole["copy_of"].cast(pl.Int64).to_numpy()
    by_basis = {basis: weights_of(basis, copies, np.ones(len(whole))) for basis in BASES}
    return Period(
        name,
        len(whole),
        coded["place"].cast(pl.Int64).to_numpy(),
        coded["weight"].to_numpy(),
        by_basis if weights is None else {**by_basis, "weighted": weights},
        {one.removeprefix(GROUP_PREFIX): whole[one] for one in whole.columns if one.startswith(GROUP_PREFIX)},
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
    if basis not in period.divided.get((kind, one), {}):
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
    said = [*spoken, *reacted]
    found: dict[Key, Share] = {}
    for basis, weights in period.weights.items():
        keys: list[Key] = [(kind, one, basis) for kind, one, _ in said]
        divided = [None if plain else _division(period, key) for key in keys]
        positive = np.stack([yes for _, _, yes in said])
        each = estimate_shares(period.place, positive, weights, basis=basis, drawn=period.weight, divided=divided)
        found |= dict(zip(keys, each, strict=True))
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


@dataclass(frozen=True)
class Pair:
    """Two shares that the report compares, and what its row says before the difference."""

    about: tuple[object, ...]
    first: Share
    second: Share


def changed_pairs(periods: Sequence[Period], shares: Sequence[dict[Key, Share]]) -> list[Pair]:
    """The shares of issues in the last two periods."""
    if len(periods) < 2 or not shares[-1]:
        return []
    before, after, names = shares[-2], shares[-1], (periods[-2].name, periods[-1].name)
    keys = [key for key in after if key in before and key[0] == "issue"]
    return [Pair((*names, *key[1:]), before[key], after[key]) for key in keys]


def group_pairs(period: Period, shown: pl.DataFrame, rule: Rule) -> Iterator[Pair]:
    """The share of each issue in each group, and in all texts of other groups.

    Parameters
    ----------
    period : the last one.
    shown : group, value, issue (its id): the cells of groups that are printed; no other is compared.
    rule : what may be shown: each side's share has to stand for k texts at least.
    """
    for group, value, issue in shown.filter(pl.col("value") != MERGED).select("group", "value", "issue").iter_rows():
        inside = (period.groups[group] == value).fill_null(value=False).to_numpy()
        positive = np.array([issue in given for given in period.issues])
        if positive.sum() < LEAST_POSITIVES:
            continue
        sides = [one for side in (inside, ~inside) if (one := _domain(period, positive, side, rule))]
        if len(sides) == 2:
            share, rest = sides
            yield Pair((period.name, group, value, issue, share.coded, share.estimate, rest.estimate), rest, share)


def _domain(period: Period, positive: NDArray[np.bool_], inside: NDArray[np.bool_], rule: Rule) -> Share | None:
    """The share among some of the texts of a period; None where it can't be told: too few were coded, or it may stand for too few."""
    coded, size = inside[period.place], int(inside.sum())
    if coded.sum() < LEAST_GROUP:
        return None
    place = (np.cumsum(inside) - 1)[period.place[coded]]
    share = estimate_share(place, positive[coded], np.ones(size), drawn=period.weight[coded])
    return share if share.estimator == "wilson" and share.low * size >= rule.k else None


def differences_frames(changed: Sequence[Pair], grouped: Sequence[Pair]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The frames of changes and contrasts (schemas `nouns.CHANGES`, `nouns.CONTRASTS`), held together over the report (Holm)."""
    pairs = [*changed, *grouped]
    found = find_differences([(one.first, one.second) for one in pairs])
    rows = [
        (*pair.about, one.estimate, one.low, one.high, one.adjusted, one.is_clear())
        for pair, one in zip(pairs, found, strict=True)
    ]
    split = len(changed)
    return (
        pl.DataFrame(rows[:split], schema=CHANGES, orient="row"),
        pl.DataFrame(rows[split:], schema=CONTRASTS, orient="row"),
    )


def measure_findings(
    texts: pl.DataFrame,
    sample: pl.DataFrame,
    codings: pl.DataFrame,
    estimators: pl.DataFrame,
    ids: Sequence[Sequence[str]],
    rule: Rule,
    weights: Mapping[str, Floats] | None = None,
    shown: pl.DataFrame | None = None,
) -> dict[str, pl.DataFrame]:
    """Measure what people coded.

    Parameters
    ----------
    texts, sample, codings, estimators : see `periods_of`.
    ids : the ids of the issues, and those of the reactions.
    rule : what may be shown.
    weights : see `periods_of`.
    shown : see `group_pairs`; None compares no groups.

    Returns
    -------
    The tables shares, changes, contrasts and coded of `Figures`, by name.
    """
    periods = periods_of(texts, sample, codings, estimators, weights or {})
    shares = [shares_of(period, *ids) for period in periods]
    plain = [shares_of(period, *ids, plain=True) for period in periods]
    frames = [shares_frame(*three, rule) for three in zip(periods, shares, plain, strict=True)]
    grouped = [] if shown is None or not periods or not shares[-1] else list(group_pairs(periods[-1], shown, rule))
    changes, contrasts = differences_frames(changed_pairs(periods, shares), grouped)
    drawn = dict(sample.filter(pl.col("purpose") == ESTIMATE).group_by("period").len().iter_rows())
    coded = [(period.name, period.size, drawn.get(period.name, 0), len(period.place)) for period in periods]
    return {
        "shares": pl.concat(frames) if frames else pl.DataFrame(schema=SHARES),
        "changes": changes,
        "contrasts": contrasts,
        "coded": pl.DataFrame(coded, schema=CODED, orient="row"),
    }
