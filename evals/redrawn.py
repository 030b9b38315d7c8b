"""The example study coded from its own labels, as if two coders had filled in the sheets: how often its intervals hold what was planted.

The sample is drawn anew many times; each time the estimator is chosen before coding as `langnghe code` does, from the classifier of the
first day. The truth is the share of all texts of the study (or of its distinct messages) that were written to speak of an issue.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

import langnghe as ln
from bench.sizes import ROOT
from evals.results import Result
from langnghe.dividing import choose_estimators
from langnghe.drawing import placed_texts
from langnghe.issues.codebook import REACTIONS, read_codebook
from langnghe.measure.coding.sample import Plan, draw_sample
from langnghe.measure.findings import measure_findings
from langnghe.measure.shares import weights_of
from langnghe.nouns import CODINGS, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLE = ROOT / "examples" / "quy-3"
DRAWS = 200
SIZE = 300
PERIOD = "2026-Q3"


def results() -> Iterator[Result]:
    """Coverage of ours and of Wilson's intervals, over all shares and of the worst share; what dividing the sample gains."""
    with tempfile.TemporaryDirectory() as folder:
        study = example_study(Path(folder) / "quy-3")
        found = redrawn(study, DRAWS)
    data = f"quy-3, {DRAWS} redraws of {SIZE}"
    for method, ends in {"ours": ("low", "high"), "Wilson": ("wilson_low", "wilson_high")}.items():
        held = found.with_columns(held=_held(*ends))
        worst = held.group_by("kind", "id", "basis").agg(pl.col("held").mean())["held"].min()
        yield Result("redrawn", data, method, "intervals that hold the planted share", float(held["held"].mean()))  # type: ignore[arg-type]  # a mean
        yield Result("redrawn", data, method, "the same, worst share", float(worst))  # type: ignore[arg-type]  # likewise
    divided = found.filter(pl.col("estimator") == "stratified")
    width = (divided["high"] - divided["low"]) / (divided["wilson_high"] - divided["wilson_low"].fill_null(0.0))
    yield Result(
        "redrawn", data, "ours", "shares that are estimated with the sample divided", len(divided) / len(found)
    )
    yield Result("redrawn", data, "ours", "their width over Wilson's, median", float(np.median(width.drop_nulls())))


def _held(low: str, high: str) -> pl.Expr:
    return (pl.col(low).fill_null(0.0) <= pl.col("true") + 1e-9) & (pl.col("true") - 1e-9 <= pl.col(high))


def example_study(folder: Path) -> ln.Study:
    """The example study, made anew in a folder."""
    return ln.Study.create(folder, settings=ln.Settings(inputs=((EXAMPLE / "comments.csv").as_posix(),)))


def planted(study: ln.Study) -> pl.DataFrame:
    """What each text of the study was written to say: text_id, issues, reaction."""
    ln.clean_texts(study)
    left_out = pl.read_parquet(study.product("clean") / "left-out.parquet")["row"].to_list()
    lines = (EXAMPLE / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["row"] not in left_out]
    said = {name: [row[name] for row in rows] for name in ("issues", "reaction")}
    return pl.DataFrame({"text_id": range(len(rows)), **said}).cast({"text_id": pl.UInt32})


def redrawn(study: ln.Study, draws: int) -> pl.DataFrame:
    """The shares of all draws (schema `nouns.SHARES`), each with the planted share as 'true'."""
    texts = placed_texts(study)
    copies = ln.find_copies(study).select("text_id", "copy_of").with_columns(period=pl.lit(PERIOD))
    labels = planted(study)
    ids = ([one.id for one in read_codebook(study.codebook_path).issues], list(REACTIONS))
    parts = [_shares(study, texts, copies, labels, ids, seed) for seed in range(draws)]
    return pl.concat(parts).join(_true(copies, labels, ids), on=["kind", "id", "basis"], maintain_order="left")


def _shares(
    study: ln.Study,
    texts: pl.DataFrame,
    copies: pl.DataFrame,
    labels: pl.DataFrame,
    ids: tuple[list[str], list[str]],
    seed: int,
) -> pl.DataFrame:
    drawn, estimators = choose_estimators(study, PERIOD, texts, draw_sample(texts, Plan(PERIOD, SIZE, seed=seed)))
    placed = drawn.join(texts.select("text_id", "file", "place"), on=["file", "place"], maintain_order="left")
    coded = placed.join(labels, on="text_id", maintain_order="left").with_columns(coder=pl.lit("1"))
    codings = coded.select(CODINGS.names()).cast(CODINGS)
    rows = placed.select("text_id", "period", "purpose", "weight", "strata")
    return measure_findings(copies, rows, codings, estimators, ids, Rule(10, "accounts"))["shares"]


def _true(copies: pl.DataFrame, labels: pl.DataFrame, ids: tuple[list[str], list[str]]) -> pl.DataFrame:
    groups = copies["copy_of"].cast(pl.Int64).to_numpy()
    rows = []
    for basis in ("texts", "messages"):
        weights = weights_of(basis, groups, np.ones(len(groups)))
        said = [("issue", one, labels["issues"].list.contains(one)) for one in ids[0]]
        said += [("reaction", one, labels["reaction"] == one) for one in ids[1]]
        rows += [(kind, one, basis, float(weights[yes.to_numpy()].sum() / weights.sum())) for kind, one, yes in said]
    return pl.DataFrame(rows, schema=["kind", "id", "basis", "true"], orient="row")
