"""Drawing texts to be coded: the random sample of a period, and rounds of texts that the classifier learns from."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from filelock import FileLock, Timeout

from langnghe.coded import FOLDER, files_in
from langnghe.dividing import choose_estimators, scores_of
from langnghe.errors import Say, SettingError, StudyError
from langnghe.measure.coding.sample import SECOND_SHARE, SIZE, Plan, draw_learning, draw_sample, period_name
from langnghe.measure.coding.store import PERIODS, read_coding, write_coding
from langnghe.measure.planning import plan_sample
from langnghe.verbs import clean_texts, find_copies, reading_of
from langnghe.write import writing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from langnghe.measure.coding.store import Coding
    from langnghe.study import Study

LEAST = 30
MOST = 20_000
MOST_CODERS = 20
PATIENCE = 20.0
"""Bounds on the texts of a sample and on the people who share it; seconds to wait for others who write codings."""


@dataclass(frozen=True)
class Draw:
    """What is asked of a draw.

    Attributes
    ----------
    size : texts; None takes 300, or what `width` asks for.
    width : widest 95 % interval wished for, in points of 100.
    coders : people who share the first coding.
    second_share : share of the texts that a second coder codes too.
    divide : whether shares may be estimated with the sample divided by score, where that promises narrower intervals.
    learn : texts of a round that the classifier learns from, instead of a sample.
    """

    size: int | None = None
    width: float | None = None
    coders: int = 1
    second_share: float = SECOND_SHARE
    divide: bool = True
    learn: int | None = None


def draw_period(study: Study, asked: Draw, today: dt.date) -> bool:
    """Draw the sample of the texts that no sample covers yet, and keep it; False where every text is covered already.

    Nothing that a machine says is looked at before the texts are drawn.
    """
    _check(asked)
    coding = read_coding(study.folder / FOLDER)
    texts = _new_texts(study, coding)
    if not len(texts):
        return False
    dates = texts["date"].drop_nulls().sort()
    first, last = (dates[0], dates[-1]) if len(dates) else (None, None)
    period = period_name(*_bulk(dates), coding.periods["period"].to_list())
    planned = plan_sample(asked.width / 100, population=len(texts)) if asked.width else SIZE
    plan = Plan(period, asked.size or planned, asked.coders, asked.second_share, study.settings.random_state)
    rows = draw_sample(texts, plan)
    estimators = coding.estimators.clear()
    if asked.divide:
        rows, estimators = choose_estimators(study, period, texts, rows)
    row = [period, texts["file"].unique().sort().to_list(), len(texts), first, last, today]
    _keep(study, pl.DataFrame([row], schema=PERIODS, orient="row"), rows, estimators)
    return True


def draw_round(study: Study, asked: Draw) -> None:
    """Draw a round of texts to learn from among those of the last period, and keep it.

    Raises
    ------
    SettingError
        A number can't be, or no sample was drawn yet.
    """
    _check(asked)
    coding = read_coding(study.folder / FOLDER)
    if coding.periods.is_empty():
        raise SettingError(
            "--learn",
            Say("cần một mẫu ngẫu nhiên trước đã.", "needs a random sample first."),
            Say("Hãy chạy 'langnghe code' không có --learn.", "Run 'langnghe code' without --learn."),
        )
    period = coding.periods["period"][-1]
    texts = _left(study, coding)
    number = 1 + int(coding.sample.filter(pl.col("period") == period)["round"].max() or 1)  # type: ignore[arg-type]  # a number
    plan = Plan(period, asked.learn or SIZE, asked.coders, 0.0, study.settings.random_state)
    rows = draw_learning(texts, _doubt(study, texts["text_id"]), plan, number)
    _keep(study, coding.periods.clear(), rows, coding.estimators.clear())


def _left(study: Study, coding: Coding) -> pl.DataFrame:
    """One text of each message of the last period that nobody was given."""
    files = coding.periods["files"][-1]
    copies = find_copies(study).select("text_id", "copy_of")
    texts = placed_texts(study).join(copies, on="text_id", maintain_order="left")
    given = texts.join(coding.sample, on=["file", "place"], how="semi")["copy_of"]
    left = texts.filter(pl.col("file").is_in(files) & ~pl.col("copy_of").is_in(given.implode()))
    return left.unique("copy_of", keep="first", maintain_order=True)


def _doubt(study: Study, text_ids: pl.Series) -> NDArray[np.float64]:
    """How unsure the classifier is of each text: 1 where the probability of some issue is one half."""
    doubt = np.zeros(len(text_ids))
    for (kind, _), scores in scores_of(study, text_ids):
        if kind == "issue":
            doubt = np.maximum(doubt, 1 - 2 * np.abs(scores - 0.5))
    return doubt


def _keep(study: Study, periods: pl.DataFrame, rows: pl.DataFrame, estimators: pl.DataFrame) -> None:
    with alone(study):
        coding = read_coding(study.folder / FOLDER)
        more = replace(
            coding,
            periods=pl.concat([coding.periods, periods]),
            sample=pl.concat([coding.sample, rows]),
            estimators=pl.concat([coding.estimators, estimators]),
        )
        write_coding(more, study.folder / FOLDER)


def _check(asked: Draw) -> None:
    def within(value: float | None, least: float, most: float) -> bool:
        return value is None or least <= value <= most

    rules = (
        ("--size", within(asked.size, LEAST, MOST), f"{LEAST}–{MOST}"),
        ("--width", within(asked.width, 1, 50), "1–50"),
        ("--coders", within(asked.coders, 1, MOST_CODERS), f"1–{MOST_CODERS}"),
        ("--second", within(asked.second_share, 0.01, 1), "0.01–1"),
        ("--learn", within(asked.learn, LEAST, MOST), f"{LEAST}–{MOST}"),
    )
    for name, fits, bounds in rules:
        if not fits:
            raise SettingError(
                name,
                Say("có giá trị không hợp lệ.", "has a value that can't be."),
                Say(f"Hãy chọn trong khoảng {bounds}.", f"Choose one of {bounds}."),
            )


def _bulk(dates: pl.Series) -> tuple[dt.date | None, dt.date | None]:
    """Between which dates all but the first and the last 2.5 % lie: a few stray ones don't name a period."""
    stray = len(dates) // 40
    return (dates[stray], dates[-1 - stray]) if len(dates) else (None, None)


def files_of(study: Study) -> list[tuple[str, int]]:
    """The input files of a study in their order: first digits of the SHA-256, and how many texts were kept."""
    return files_in(reading_of(study))


def placed_texts(study: Study) -> pl.DataFrame:
    """The texts of a study with the file each is from and its place there."""
    files = files_of(study)
    names = np.repeat(np.arange(len(files)), [count for _, count in files])
    places = np.concatenate([np.arange(count, dtype=np.uint32) for _, count in files] or [np.zeros(0, np.uint32)])
    return clean_texts(study).with_columns(
        file=pl.Series([name for name, _ in files], dtype=pl.String).gather(names), place=pl.Series(places)
    )


def _new_texts(study: Study, coding: Coding) -> pl.DataFrame:
    covered = coding.periods["files"].explode().drop_nulls().unique()
    return (
        placed_texts(study)
        .filter(~pl.col("file").is_in(covered.implode()))
        .unique(["file", "place"], keep="first", maintain_order=True)
    )


@contextmanager
def alone(study: Study) -> Iterator[None]:
    """Read and write codings alone: people code at once, and while a run is at work."""
    folder = study.folder / FOLDER
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=PATIENCE)
    except Timeout:
        raise StudyError(
            "coding",
            Say("đang được người khác ghi.", "is being written by others."),
            Say("Hãy thử lại sau ít giây.", "Try again in a few seconds."),
        ) from None
    try:
        yield
    finally:
        lock.release()
