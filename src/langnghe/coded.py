"""What was coded in a study, as the stages take it: the one place that joins the folder `coding` with the study's texts."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import polars as pl

from langnghe.measure.coding.agreement import agreement
from langnghe.measure.coding.store import DIGITS, NAMES, Coding, codings_of, forwarded, place_texts, read_coding
from langnghe.measure.findings import measure_findings
from langnghe.measure.margins import Margins, read_margins, weigh, weighting_row
from langnghe.nouns import GROUP_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from langnghe.nouns import Figures

FOLDER = "coding"
MARGINS = "margins.csv"
"""Folder in a study; known shares of groups, a file in it."""


def coding_hash(study: Path) -> str:
    """A hash of all that was decided while coding a study: what rests on it is made again when it changes."""
    files = [study / FOLDER / f"{name}.csv" for name in NAMES]
    return sha256(b"\0".join(path.read_bytes() for path in files if path.is_file())).hexdigest()


def files_in(reading: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The input files of a study in their order: first digits of the SHA-256, and how many texts were kept."""
    return [(file["sha256"][:DIGITS], file["kept"]) for file in reading["files"]]


def codings_in(study: Path, reading: Mapping[str, Any]) -> pl.DataFrame:
    """The hand-codings of a study (schema `nouns.CODINGS`), the one that counts first: what was agreed, then by coder."""
    return codings_of(read_coding(study / FOLDER), files_in(reading))


def pairs_in(coding: Coding, period: str | None = None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The first and the second coding of the texts that were coded twice: code, issues, reaction."""
    rows = coding.sample.unique("code", keep="first", maintain_order=True).filter(pl.col("second").is_not_null())
    chosen = rows if period is None else rows.filter(pl.col("period") == period)
    asked = [chosen.select("code", coder=pl.col(name).cast(pl.String)) for name in ("first", "second")]
    first, second = (
        one.join(coding.filled, on=["code", "coder"], maintain_order="left").drop("coder", "note") for one in asked
    )
    return first, second


def with_codings(
    figures: Figures,
    study: Path,
    reading: Mapping[str, Any],
    texts: pl.DataFrame,
    ids: Sequence[Sequence[str]],
    current: Mapping[str, str],
    margins: Margins | None = None,
) -> Figures:
    """The figures of a study with the tables that rest on hand-coding, and with its population weights.

    Parameters
    ----------
    figures : without them.
    study : its folder.
    reading : how its inputs were read.
    texts : text_id, copy_of and columns of groups; one row per text.
    ids : the ids of the issues of the code-book, those of the reactions, and those of all issues by their number in the figures.
    current : every id of an issue that a coding may hold → the id that it counts for today.
    margins : known shares of groups; None where nobody gave any.
    """
    coding = forwarded(read_coding(study / FOLDER), current)
    if coding.sample.is_empty():
        whole = [] if margins is None else [weighting_row("", weigh(texts, margins), margins)]
        return replace(figures, weighting=pl.concat([figures.weighting, *whole]))
    files = files_in(reading)
    names = pl.DataFrame({"file": [name for name, count in files for _ in range(count)]}, schema={"file": pl.String})
    covering = coding.periods.select("period", file="files").explode("file")
    periods = names.join(covering, on="file", how="left", maintain_order="left")["period"]
    kept = ["text_id", "copy_of", *(name for name in texts.columns if name.startswith(GROUP_PREFIX))]
    texts = texts.select(kept).with_columns(period=periods)
    parts = {str(name): texts.filter(pl.col("period") == name) for name in coding.periods["period"]} if margins else {}
    weights = {name: weigh(part, margins) for name, part in parts.items() if margins and len(part)}
    told = [weighting_row(name, one, margins) for name, one in weights.items() if margins]
    placed = place_texts(coding.sample, files).select("text_id", "period", "purpose", "weight", "strata")
    found = measure_findings(
        texts,
        placed,
        codings_of(coding, files),
        coding.estimators,
        ids[:2],
        figures.rule,
        {name: one.weight for name, one in weights.items()},
        _shown(figures, ids),
    )
    return replace(
        figures,
        shares=found["shares"],
        changes=found["changes"],
        contrasts=found["contrasts"],
        coded=found["coded"],
        agreement=agreement(*pairs_in(coding), ids[0]),
        weighting=pl.concat([figures.weighting, *told]),
    )


def _shown(figures: Figures, ids: Sequence[Sequence[str]]) -> pl.DataFrame:
    """The cells of groups that are printed, by the ids of the code-book's issues: group, value, issue."""
    names = {number: name for number, name in enumerate(ids[2]) if name in set(ids[0])}
    issue = pl.col("issue").cast(pl.Int64).replace_strict(names, default=None, return_dtype=pl.String)
    cells = figures.groups.filter(~pl.col("hidden")).with_columns(issue=issue)
    return cells.filter(pl.col("issue").is_not_null() & pl.col("value").is_not_null()).select("group", "value", "issue")


def margins_in(study: Path, sampling: str, population: str) -> Margins | None:
    """The known shares of groups of a study, where people gave them.

    Parameters
    ----------
    study : its folder.
    sampling, population : from the settings.
    """
    path = study / MARGINS
    if not path.is_file():
        return None
    known = read_margins(MARGINS, path.read_bytes())
    return Margins(known, "random" if sampling == "random" else "opt-in", population)
