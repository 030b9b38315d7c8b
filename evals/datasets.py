"""Named data sets: the shared data with their splits, the masking test set and the example study.

Shared data are read from ``$LANGNGHE_DATA``, else ``../shared/data``. They serve measuring alone: nothing learnt from
them is shipped and no row of them is printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from bench.pieces import data_folder
from bench.sizes import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SHARED = {
    "reviews": "reviews.csv",
    "aspects": "aspects.jsonl",
    "feedback": "feedback.jsonl",
    "shop": "shop.csv",
    "normalisation": "normalisation.csv",
    "names": "names.jsonl",
    "labour_code": "labour_code.jsonl",
    "stackoverflow": "stackoverflow.jsonl",
    "searchsnippets": "searchsnippets.jsonl",
}
"""Name of a shared data set → its file."""

MASK_KINDS = (
    "phone", "email", "id_number", "social_insurance_number", "bank_account", "plate", "address", "profile_link",
    "handle", "name",
)  # fmt: skip
"""Kinds of personal data in the masking test set; 'clean' beside them has none."""

_MASKS = ROOT / "evals" / "data" / "masks"
_EXAMPLE = ROOT / "examples" / "quy-3"


class DataMissing(LookupError):
    """Raised when a data set is not on this machine; its message names it, and the task is skipped."""


def shared(name: str, *, split: str | None = None) -> pl.DataFrame:
    """A shared data set as a frame, with the columns that its file has.

    Parameters
    ----------
    name : a key of `SHARED`.
    split : 'train' or 'dev'; all rows where None.

    Raises
    ------
    DataMissing
        The file is not there.
    """
    path = data_folder() / SHARED[name]
    if not path.is_file():
        message = f"{path.name} is not in the folder of shared data (set LANGNGHE_DATA)"
        raise DataMissing(message)
    frame = pl.read_csv(path) if path.suffix == ".csv" else pl.read_ndjson(path, infer_schema_length=None)
    return frame if split is None else frame.filter(pl.col("split") == split)


def masks(kind: str) -> pl.DataFrame:
    """The masking test set of a kind (one of `MASK_KINDS`, or 'clean').

    Returns
    -------
    Frame with the columns text, note and spans (lists of [start, end, kind] as strings, in code points).
    """
    path = _MASKS / f"{kind}.jsonl"
    if not path.is_file():
        message = f"{path.name} is not in {_MASKS.relative_to(ROOT)}"
        raise DataMissing(message)
    columns = {"text": pl.String(), "spans": pl.List(pl.List(pl.String)), "note": pl.String()}
    return pl.read_ndjson(path, schema=pl.Schema(columns))


def example() -> pl.DataFrame:
    """The hand-labelled texts of the example study: text, issues (list), reaction.

    They are read from `truth.jsonl`; where that does not hold the texts, from the files they were written in.
    """
    columns = pl.Schema({"text": pl.String(), "issues": pl.List(pl.String), "reaction": pl.String()})
    truth = _EXAMPLE / "truth.jsonl"
    sources = [truth] if truth.is_file() else []
    for files in (sources, sorted((_EXAMPLE / "texts").glob("*.jsonl"))):
        frames = [pl.read_ndjson(path, infer_schema_length=None) for path in files]
        if frames and all(column in frame.columns for frame in frames for column in columns):
            return pl.concat([frame.select(pl.col(n).cast(t) for n, t in columns.items()) for frame in frames])
    message = f"no labelled texts in {_EXAMPLE.relative_to(ROOT)}"
    raise DataMissing(message)


def planted(rows: int, folder: Path) -> tuple[pl.Series, pl.DataFrame]:
    """A generated file with planted copies: its texts, and what was planted (schema `bench.generate.TRUTH`)."""
    from bench.bare_pass import TEXT  # noqa: PLC0415 - only this set needs the generator
    from bench.generate import generate  # noqa: PLC0415
    from bench.pieces import real_texts  # noqa: PLC0415

    texts, missing = real_texts()
    if not texts:
        message = f"{', '.join(missing)} are not in the folder of shared data (set LANGNGHE_DATA)"
        raise DataMissing(message)
    path, truth = generate(rows, texts, folder)
    return pl.read_csv(path, columns=[TEXT])[TEXT], pl.read_parquet(truth)
