"""The texts of a sample as the desk shows them, held in memory: they stay the same as long as the sample does."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from langnghe.coded import FOLDER
from langnghe.hand_coding import given_texts
from langnghe.hub.studies.locking import patient_lock
from langnghe.measure.coding.store import read_coding
from langnghe.study import Study as Folder

if TYPE_CHECKING:
    from pathlib import Path

    from langnghe.hub.studies.models import Study


def texts_of(study: Study) -> pl.DataFrame:
    """The texts that coders were given: code, text, period, round, coder; in the order in which they are to be read.

    Raises
    ------
    StudyError
        The study is being run, and the texts were not looked at since the hub started.
    """
    sample = study.path / FOLDER / "sample.csv"
    if not sample.is_file():
        return pl.DataFrame(
            schema={"code": pl.String, "text": pl.String, "period": pl.String, "round": pl.UInt16, "coder": pl.UInt8}
        )
    return _texts(study.path, sample.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _texts(path: Path, _changed: int) -> pl.DataFrame:
    folder = Folder.open(path)
    with patient_lock(folder):
        return given_texts(folder)


def own_texts(study: Study, number: int) -> pl.DataFrame:
    """The texts of one coder and what that coder gave them: code, text, issues, reaction, note; null where it is still to be done."""
    own = texts_of(study).filter(pl.col("coder") == number).unique("code", keep="first", maintain_order=True)
    filled = read_coding(study.path / FOLDER).filled.filter(pl.col("coder") == str(number)).drop("coder")
    return own.select("code", "text").join(filled, on="code", how="left", maintain_order="left")
