"""What people decided while coding, as small text files in the folder `coding` of a study.

    periods.csv    periods: their files, texts, dates, and when the sample was drawn
    sample.csv     the texts drawn
    codings.csv    what coders gave each text
    estimators.csv how each share is estimated, chosen before anybody coded

Texts are named by their input file and their place in it, so that codings stay with their texts when files are added.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from langnghe.errors import Say, StudyError
from langnghe.measure.coding.filled import AGREED, FILLED
from langnghe.measure.coding.sample import SAMPLE
from langnghe.nouns import CODINGS
from langnghe.write import write_bytes, writing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PERIODS = pl.Schema(
    {
        "period": pl.String(),
        "files": pl.List(pl.String()),  # the first digits of their SHA-256
        "texts": pl.UInt32(),
        "first": pl.Date(),
        "last": pl.Date(),
        "drawn": pl.Date(),  # the day on which the sample was drawn
    }
)
"""One row per period."""

ESTIMATORS = pl.Schema(
    {
        "period": pl.String(),
        "kind": pl.String(),  # issue or reaction
        "id": pl.String(),
        "estimator": pl.String(),  # wilson or stratified
        "width": pl.Float64(),  # the expected widths of the stratified interval and of Wilson's, 0–1
        "wilson_width": pl.Float64(),
        "texts": pl.List(pl.String()),  # share of each stratum in the texts of the period
        "messages": pl.List(pl.String()),  # the same in its distinct messages
    }
)
"""One row per period and share whose estimator was chosen; Wilson's is that of all others."""

DIGITS = 16
NAMES = ("periods", "sample", "codings", "estimators")
_LIST = ";"


@dataclass(frozen=True)
class Coding:
    """All that was decided while coding a study.

    Attributes
    ----------
    periods, sample, filled, estimators : frames of the schemas `PERIODS`, `SAMPLE`, `FILLED` and `ESTIMATORS`.
    """

    periods: pl.DataFrame
    sample: pl.DataFrame
    filled: pl.DataFrame
    estimators: pl.DataFrame

    @classmethod
    def nothing(cls) -> Coding:
        """A study that nobody has coded."""
        return cls(*(pl.DataFrame(schema=schema) for schema in (PERIODS, SAMPLE, FILLED, ESTIMATORS)))


def read_coding(folder: Path) -> Coding:
    """Read the folder `coding` of a study; nothing where it is missing.

    Raises
    ------
    StudyError
        A file was changed so that it can't be read.
    """
    none = Coding.nothing()
    return Coding(
        _read(folder / "periods.csv", none.periods.schema),
        _read(folder / "sample.csv", none.sample.schema),
        _read(folder / "codings.csv", none.filled.schema),
        _read(folder / "estimators.csv", none.estimators.schema),
    )


def forwarded(coding: Coding, current: Mapping[str, str]) -> Coding:
    """The coding with the ids of today: `current` maps ids of issues that were merged to the issue they went into."""
    mapped = pl.col("issues").list.eval(pl.element().replace(current)).list.unique(maintain_order=True)
    return replace(coding, filled=coding.filled.with_columns(mapped))


def write_coding(coding: Coding, folder: Path) -> None:
    """Write the folder `coding` of a study, each file in one step."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    ordered = coding.filled.sort("code", "coder")
    for name, frame in zip(NAMES, (coding.periods, coding.sample, ordered, coding.estimators), strict=True):
        write_bytes(folder / f"{name}.csv", _csv(frame))


def _csv(frame: pl.DataFrame) -> bytes:
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    return frame.with_columns(pl.col(lists).list.join(_LIST)).write_csv().encode()


def _read(path: Path, schema: pl.Schema) -> pl.DataFrame:
    if not path.is_file():
        return pl.DataFrame(schema=schema)
    lists = [name for name, kind in schema.items() if isinstance(kind, pl.List)]
    flat = {name: pl.String() if name in lists else kind for name, kind in schema.items()}
    try:
        read = _whole(pl.read_csv(io.BytesIO(path.read_bytes()), schema_overrides=flat), lists).select(*flat)
    except pl.exceptions.PolarsError as fault:
        raise StudyError(
            f"coding/{path.name}",
            Say("không đọc được tệp này.", "this file can't be read."),
            Say(
                "Tệp do máy ghi; hãy lấy lại bản sao lưu, hoặc xoá thư mục coding để rút mẫu lại từ đầu.",
                "It is written by the program; restore it from a backup, or delete the folder coding to draw a new sample.",
            ),
        ) from fault
    split = [
        pl.when(pl.col(name) == "")
        .then(pl.lit([], dtype=pl.List(pl.String)))
        .otherwise(pl.col(name).str.split(_LIST))
        .alias(name)
        for name in lists
    ]
    return read.with_columns(pl.col(pl.String).fill_null("")).with_columns(split)


def _whole(read: pl.DataFrame, lists: Sequence[str]) -> pl.DataFrame:
    """A table with the columns of lists that it does not have: an earlier version wrote it."""
    return read.with_columns(pl.lit("").alias(name) for name in lists if name not in read.columns)


def place_texts(sample: pl.DataFrame, files: Sequence[tuple[str, int]]) -> pl.DataFrame:
    """Find the texts of a sample in the study as it is now.

    Parameters
    ----------
    sample : with the columns file and place.
    files : of the study in order: (first digits of the SHA-256, texts kept).

    Returns
    -------
    The rows whose file is there, with text_id (UInt32).
    """
    starts, total = [], 0
    for name, texts in files:
        starts.append({"file": name, "_start": total, "_texts": texts})
        total += texts
    schema = {"file": pl.String(), "_start": pl.UInt32(), "_texts": pl.UInt32()}
    known = pl.DataFrame(starts, schema=schema).unique("file", keep="first", maintain_order=True)
    joined = sample.join(known, on="file", how="inner", maintain_order="left").filter(
        pl.col("place") < pl.col("_texts")
    )
    return joined.with_columns(text_id=pl.col("_start") + pl.col("place")).drop("_start", "_texts")


def codings_of(coding: Coding, files: Sequence[tuple[str, int]]) -> pl.DataFrame:
    """The hand-codings of a study: frame of schema `nouns.CODINGS`, 'agreed' first, then by coder."""
    placed = place_texts(coding.sample, files).select("code", "text_id", "period", "round", "purpose")
    joined = placed.join(coding.filled, on="code", maintain_order="left")
    order = pl.when(pl.col("coder") == AGREED).then(pl.lit("")).otherwise(pl.col("coder"))
    return joined.sort("text_id", order).select(CODINGS.names()).cast(CODINGS)


def merged(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Codings with what a newly read sheet says: it replaces what the same coder gave the same texts before."""
    kept = old.join(new, on=["code", "coder"], how="anti")
    return pl.concat([kept, new])
