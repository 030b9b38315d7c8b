"""Choosing, before anybody codes, how each share will be estimated: by Wilson's interval or with the sample divided by score.

The texts of the sample are drawn first, without a look at any score. The scores come from a classifier that saw none of the period's
codings, as there are none yet, and what they divide is written down with the sample: whatever is learnt later changes nothing in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.coded import codings_in
from langnghe.issues.codebook import REACTIONS
from langnghe.issues.saved import load_model
from langnghe.measure.coding.sample import ESTIMATE
from langnghe.measure.coding.store import ESTIMATORS
from langnghe.measure.planning import choose_estimators as plan_estimators
from langnghe.measure.planning import expected_rates
from langnghe.measure.shares import weights_of
from langnghe.measure.strata import cut_points
from langnghe.verbs import find_copies, find_issues, reading_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from langnghe.study import Study

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

Code = tuple[str, str]
"""'issue' or 'reaction', and its id."""


def scores_of(study: Study, text_ids: pl.Series) -> Iterator[tuple[Code, Floats]]:
    """How probable each issue of the code-book and each reaction is in some texts.

    Parameters
    ----------
    study : its issues are found first.
    text_ids : of the texts, in the order in which their scores are given.
    """
    find_issues(study)
    model = load_model(study.product("issues"))
    kept = pl.scan_parquet(study.product("issues") / "scores-*.parquet").filter(
        pl.col("text_id").is_in(text_ids.implode())
    )
    places = pl.DataFrame({"text_id": text_ids, "at": np.arange(len(text_ids))})
    scores = kept.collect().join(places, on="text_id")
    named = [("issue", number, name) for number, name in enumerate(model.ids[: model.guided])]
    for kind, number, name in [*named, *(("reaction", number, name) for number, name in enumerate(REACTIONS))]:
        rows = scores.filter(pl.col(kind) == number)
        found = np.zeros(len(text_ids))
        found[rows["at"].to_numpy()] = rows["probability"].to_numpy()
        yield (kind, name), found


def choose_estimators(
    study: Study, period: str, texts: pl.DataFrame, drawn: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Choose the estimator of each share of a period whose sample is drawn and not yet coded.

    Parameters
    ----------
    study : with the codings of earlier periods, if there are any.
    period : its name.
    texts : its texts: text_id, file, place.
    drawn : its sample, of schema `measure.coding.sample.SAMPLE`.

    Returns
    -------
    The sample with its strata, and the choices (schema `measure.coding.store.ESTIMATORS`).
    """
    copies = find_copies(study)["copy_of"].gather(texts["text_id"]).cast(pl.Int64).to_numpy()
    weights = {basis: weights_of(basis, copies, np.ones(len(texts))) for basis in ("texts", "messages")}
    at = drawn.join(texts.with_row_index("at"), on=["file", "place"], how="left", maintain_order="left")[
        "at"
    ].to_numpy()
    before = _coded_before(study)
    size, codes = len(texts), []
    shares: dict[str, list[Floats]] = {basis: [] for basis in weights}
    rates, sampled = [], []
    for code, scores in scores_of(study, pl.concat([texts["text_id"], before["text_id"]])):
        of = np.searchsorted(cut_points(scores[:size], len(at)), scores, side="right")
        codes.append(code)
        sampled.append(of[at])
        rates.append(_rates(of[:size], scores[:size], of[size:], _said(before, *code)))
        for basis, w in weights.items():
            shares[basis].append(np.bincount(of[:size], w) / w.sum())
    choices = plan_estimators(shares["texts"], rates, len(at), size)
    rows = [
        (period, *code, one.estimator, one.width, one.wilson_width, *(_written(shares[basis][n]) for basis in weights))
        for n, (code, one) in enumerate(zip(codes, choices, strict=True))
    ]
    divided = [n for n, one in enumerate(choices) if one.estimator == "stratified"]
    strata = [
        [f"{'.'.join(codes[n])}={sampled[n][text]}" for n in divided if sampled[n][text]] for text in range(len(at))
    ]
    chosen = pl.DataFrame(rows, schema=ESTIMATORS, orient="row")
    return drawn.with_columns(strata=pl.Series(strata, dtype=pl.List(pl.String))), chosen


def _written(shares: Floats) -> list[str]:
    return [f"{share:.9f}" for share in shares]


def _coded_before(study: Study) -> pl.DataFrame:
    codings = codings_in(study.folder, reading_of(study)).filter(pl.col("purpose") == ESTIMATE)
    return codings.filter(pl.col("issues").is_not_null()).unique("text_id", keep="first", maintain_order=True)


def _said(before: pl.DataFrame, kind: str, name: str) -> Floats:
    """Of the texts coded earlier: whether people gave them a code, as 0 and 1."""
    yes = before["issues"].list.contains(name) if kind == "issue" else before["reaction"] == name
    return yes.cast(pl.Float64).to_numpy()


def _rates(of: Whole, scores: Floats, before: Whole, said: Floats) -> Floats:
    """How often texts of each stratum may be expected to be positive, from scores and from what was coded earlier."""
    number = int(of.max(initial=0)) + 1
    means = np.bincount(of, scores, number) / np.maximum(np.bincount(of, minlength=number), 1)
    texts = np.bincount(before, np.ones(len(before)), number).astype(float)
    return expected_rates(means, texts, np.bincount(before, said, number).astype(float))
