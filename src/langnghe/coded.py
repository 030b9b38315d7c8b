"""What was coded in a study, as the stages take it: the one place that joins the folder `coding` with the study's texts."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import polars as pl

from langnghe.measure.coding.agreement import agreement
from langnghe.measure.coding.store import DIGITS, NAMES, Coding, codings_of, forwarded, place_texts, read_coding
from langnghe.measure.findings import measure_findings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from langnghe.nouns import Figures

FOLDER = "coding"
"""Folder in a study."""


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
    copies: pl.DataFrame,
    ids: Sequence[Sequence[str]],
    current: Mapping[str, str],
) -> Figures:
    """The figures of a study with the tables that rest on hand-coding; the same where nothing was drawn.

    Parameters
    ----------
    figures : without them.
    study : its folder.
    reading : how its inputs were read.
    copies : text_id, copy_of; one row per text.
    ids : the ids of the issues, and those of the reactions.
    current : every id of an issue that a coding may hold → the id that it counts for today.
    """
    coding = forwarded(read_coding(study / FOLDER), current)
    if coding.sample.is_empty():
        return figures
    files = files_in(reading)
    names = pl.DataFrame({"file": [name for name, count in files for _ in range(count)]}, schema={"file": pl.String})
    covering = coding.periods.select("period", file="files").explode("file")
    periods = names.join(covering, on="file", how="left", maintain_order="left")["period"]
    texts = copies.select("text_id", "copy_of").with_columns(period=periods)
    placed = place_texts(coding.sample, files).select("text_id", "period", "purpose", "weight", "strata")
    found = measure_findings(texts, placed, codings_of(coding, files), coding.estimators, ids, figures.rule)
    return replace(
        figures,
        shares=found["shares"],
        changes=found["changes"],
        coded=found["coded"],
        agreement=agreement(*pairs_in(coding), ids[0]),
    )
