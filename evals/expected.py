"""Is what the program states of its own errors on the first day an honest range? Trial studies from the starter set, which differ from what was learnt.

The texts of each part are studies for a classifier that learnt all other parts, or three or four parts alone: as they are, with some issues common and
others rare, and with many texts that speak of nothing. Right is what the second coder gave, who read the texts and the definitions alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import logit

from evals.results import Result
from langnghe.issues.codebook import read_codebook
from langnghe.issues.codes import as_part, issues_course
from langnghe.issues.features import Hashed
from langnghe.issues.knowledge import Lessons, starter, table
from langnghe.issues.stated import FARTHEST, state
from langnghe.issues.taught import LEAST, teach
from langnghe.words.arrays import picked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from langnghe.issues.codebook import Issue
    from langnghe.issues.codes import Part
    from langnghe.issues.stated import Judged, Stated

FEW = ((1, 2, 3, 4), (5, 6, 7, 8), (9, 10, 11), (15, 16, 17), (19, 20, 21))
"""Parts that are learnt alone."""

KINDS = ((0.0, None), (1.0, None), (0.0, 0.5), (0.0, 0.7), (1.0, 0.5))
"""Trial studies of a part: SD of the logs of how many times as common issues are; share of the texts that speak of nothing, None as it is."""

COUNTED = 100
"""Decisions that an error has to rest on."""


@dataclass(frozen=True)
class Trial:
    """An error of a trial study: what was stated and counted, and on how many decisions."""

    learnt: str
    error: str
    stated: float
    counted: float
    decisions: int

    @property
    def farther(self) -> float:
        """How much higher its log-odds are than stated."""
        return float(logit(np.clip(self.counted, 0.005, 0.995)) - logit(self.stated))


def results() -> Iterator[Result]:
    """Both errors, by how much was learnt."""
    trials = [trial for trial in _trials() if trial.decisions >= COUNTED]
    for learnt in ("all other parts learnt", "few parts learnt"):
        for error in ("issues given wrongly", "texts said to have no issue that have one"):
            found = [trial for trial in trials if (trial.learnt, trial.error) == (learnt, error)]
            yield from _told(f"starter set, {learnt}", error, found)


def _told(data: str, error: str, trials: Sequence[Trial]) -> Iterator[Result]:
    farther = np.array([trial.farther for trial in trials])
    figures = {
        "as stated": float(np.mean([trial.stated for trial in trials])),
        "as counted": float(np.mean([trial.counted for trial in trials])),
        "log-odds above those stated, mean": float(farther.mean()),
        "the same, mean and three SD": float(farther.mean() + 3 * farther.std(ddof=1)),
        "the same, largest": float(farther.max()),
        "share of trial studies below the most that is stated": float((farther <= FARTHEST).mean()),
    }
    yield Result("expected", data, "ours", f"number of trial studies, {error}", float(len(trials)))
    for metric, value in figures.items():
        yield Result("expected", data, "ours", f"{error}: {metric}", value)


def _trials() -> Iterator[Trial]:
    book = read_codebook("labour-vi")
    lessons = issues_course(book.issues, None, 0).lessons()
    first = len(lessons.labels) - len(starter().part)  # the phrases come before
    part = np.concatenate([np.zeros(first, dtype=np.int64), starter().part])
    numbers = np.unique(starter().part).tolist()
    true, coded = _second(book.issues), _coded()
    cases = [("all other parts learnt", [one for one in numbers if one != left], [left]) for left in numbers]
    cases += [("few parts learnt", list(few), [one for one in numbers if one not in few]) for few in FEW]
    for name, learnt, asked in cases:
        taught = teach(_of(lessons, np.flatnonzero(np.isin(part, [0, *learnt]))), exclusive=False, seed=0, least=LEAST)
        known = as_part(taught, np.arange(len(book.issues)))
        before = taught.classifier.judged_[taught.seen]
        for number in asked:
            rows = np.flatnonzero((part == number)[first:] & coded)
            texts = _of(lessons, rows + first).texts
            raw = known.classifier.predict_proba(texts).astype(np.float64)
            generator = np.random.default_rng(number)
            for skew, nothing in KINDS:
                chosen = _drawn(generator, true[rows], skew, nothing)
                yield from _judged(name, known, raw[chosen], before, true[rows[chosen]])


def _judged(
    name: str, known: Part, raw: NDArray[np.float64], before: NDArray[np.float64], true: NDArray[np.bool_]
) -> Iterator[Trial]:
    part = known.adapted_to(raw)
    here = part.judge(raw)
    stated = state(here, part.judge(before))
    given, none = _decided(here, stated)
    wrong = float(1 - true[given].mean()) if given.any() else 0.0
    missed = float(true[none].any(axis=1).mean()) if none.any() else 0.0
    yield Trial(name, "issues given wrongly", stated.wrong, wrong, int(given.sum()))
    yield Trial(name, "texts said to have no issue that have one", stated.missed, missed, int(none.sum()))


def _decided(here: Judged, stated: Stated) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    return here.codes >= stated.sure, here.codes.max(axis=1) < stated.unsure


def _drawn(
    generator: np.random.Generator, true: NDArray[np.bool_], skew: float, nothing: float | None
) -> NDArray[np.int64]:
    """Texts of a trial study."""
    silent = ~true.any(axis=1)
    times = np.exp(skew * generator.normal(size=true.shape[1]))
    kept = np.where(silent, 0.0, (true * times).sum(axis=1) / np.maximum(true.sum(axis=1), 1))
    some = np.flatnonzero(generator.random(len(true)) < kept / kept.max())
    share = silent.mean() if nothing is None else nothing
    most = min(len(some), int(silent.sum() * (1 - share) / share))
    others = round(most * share / (1 - share))
    rest = np.flatnonzero(silent)
    return np.sort(
        np.concatenate([generator.choice(some, most, replace=False), generator.choice(rest, others, replace=False)])
    )


def _of(lessons: Lessons, rows: NDArray[np.int64]) -> Lessons:
    where, offsets = picked(lessons.texts.offsets, rows)
    texts = Hashed(lessons.texts.hashes[where], offsets)
    return replace(
        lessons, texts=texts, labels=lessons.labels[rows], weight=lessons.weight[rows], fold=lessons.fold[rows]
    )


def _second(codes: Sequence[Issue]) -> NDArray[np.bool_]:
    """What the second coder gave: bool array (texts of the starter set × codes)."""
    given = _codings()
    return table([given.get(name, ()) for name in _names()], codes)


def _coded() -> NDArray[np.bool_]:
    given = _codings()
    return np.array([name in given for name in _names()], dtype=np.bool_)


@cache
def _codings() -> dict[str, tuple[str, ...]]:
    lines = files("langnghe.vi").joinpath("starter", "second.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: tuple(row["issues"]) for row in map(json.loads, lines)}


def _names() -> list[str]:
    """'3-17' for line 17 of part 3."""
    part = starter().part
    first = np.searchsorted(part, part)
    return [
        f"{number}-{line}"
        for number, line in zip(part.tolist(), (np.arange(len(part)) - first + 1).tolist(), strict=True)
    ]
