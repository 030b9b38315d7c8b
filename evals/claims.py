"""The check desk: questions to checks on the example desk, tweets to checks (CheckThat), questions to articles of law (ALQAC).

The example desk is invented. Its questions were written by somebody who did not see the matcher, and are read here alone: coefficients
and thresholds come from `evals.claims_learn`, which does not read them. A suggestion is false where a question that has no check is
shown anything ('checked' or 'maybe'): questions that were never checked, and known ones with their check taken out of the index.
"""

from __future__ import annotations

import math
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from evals.checkthat import checkthat
from evals.claims_pairs import APART, Question, answer_without, compared, desk, questions, shown_by
from evals.datasets import DataMissing
from evals.laws import passages
from evals.results import Result
from langnghe.check.match import Matcher
from langnghe.words.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


DATA = "example desk (invented)"


def results() -> Iterator[Result]:
    """The example desk as typed and folded, then CheckThat and laws where their files are there."""
    asked, checks = questions(), desk()
    yield Result("claims", DATA, "ours", "number of checks", len(checks))
    yield Result("claims", DATA, "ours", "number of questions", len(asked))
    matcher = Matcher(checks)
    yield from measured(asked, matcher, DATA)
    yield from measured([replace(q, text=fold(q.text)) for q in asked], matcher, f"{DATA}, folded")
    yield from confusable(asked, matcher)
    for others in (checkthat, passages):
        try:
            yield from others()
        except DataMissing as missing:
            print(f"claims: skipped, {missing}")


def measured(asked: Sequence[Question], matcher: Matcher, data: str) -> Iterator[Result]:
    """Ranking of known questions, and what is shown for known and unknown ones at the thresholds that ship."""
    began = time.process_time()
    known = [q for q in asked if q.gold]
    answers = [matcher.match(q.text) for q in known]
    seconds = time.process_time() - began
    ranks = [rank(matcher, q) for q in known]
    yield from interval(data, "MAP@5", [1 / r[0] if r[0] <= 5 else 0.0 for r in ranks], seconds)
    yield from interval(data, "recall@10", [float(r[0] <= 10) for r in ranks])
    yield Result("claims", data, "BM25 alone", "MAP@5", float(np.mean([1 / r[1] if r[1] <= 5 else 0.0 for r in ranks])))
    yield Result("claims", data, "BM25 alone", "recall@10", float(np.mean([r[1] <= 10 for r in ranks])))
    shown = [q.gold in shown_by(a) for q, a in zip(known, answers, strict=True)]
    yield from interval(data, "true ones shown", list(map(float, shown)))
    sure = [a.kind == "checked" for a in answers]
    yield Result("claims", data, "ours", "answered 'checked'", float(np.mean(sure)))
    right = [q.gold == a.matches[0].check.id for q, a in zip(known, answers, strict=True) if a.kind == "checked"]
    yield Result("claims", data, "ours", "'checked' that are right", float(np.mean(right)) if right else math.nan)
    never = [float(bool(shown_by(matcher.match(q.text)))) for q in asked if not q.gold]
    removed = [float(bool(shown_by(answer_without(matcher, q)))) for q in known]
    yield from interval(data, "false suggestions, never checked", never)
    yield from interval(data, "false suggestions, check taken out", removed)
    yield from interval(data, "false suggestions", [*never, *removed])


def rank(matcher: Matcher, question: Question) -> tuple[int, int]:
    """The rank of the right check after re-ranking, and by BM25 alone; 999 where it is no candidate."""
    found = matcher.candidates(question.text)
    ids = [matcher.checks[p].id for p in found.positions]
    if question.gold not in ids:
        return 999, 999
    order = np.argsort(-matcher.ranker.right.log_odds(found.rows), kind="stable")
    return [ids[i] for i in order].index(question.gold) + 1, ids.index(question.gold) + 1


def interval(data: str, metric: str, values: Sequence[float], seconds: float = math.nan) -> Iterator[Result]:
    """A mean and its 95 % interval, from 2,000 resamples of the questions."""
    drawn = np.random.default_rng(0).choice(np.array(values), size=(2_000, len(values))).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    yield Result("claims", data, "ours", metric, float(np.mean(values)), seconds)
    yield Result("claims", data, "ours", f"{metric}, from", float(low))
    yield Result("claims", data, "ours", f"{metric}, to", float(high))


def confusable(asked: Sequence[Question], matcher: Matcher) -> Iterator[Result]:
    """How often the right one of two near-confusable checks comes first, by what sets them apart."""
    pairs = compared([check for check in matcher.checks if not check.id.startswith("d")], asked, matcher)
    for kind in APART:
        first = [one for pair in pairs if pair.apart == kind for one in pair.first]
        data = f"{DATA}, pairs that differ in {kind}"
        yield Result("claims", data, "ours", "number of questions", len(first))
        if first:
            yield Result("claims", data, "ours", "right one before the other", float(np.mean(first)))


def folder_of(variable: str, name: str) -> Path:
    """A folder of data that is not ours: from an environment variable, else beside the shared data.

    Raises
    ------
    DataMissing
        It is not there.
    """
    from bench.pieces import data_folder  # noqa: PLC0415

    path = Path(os.environ.get(variable, data_folder() / name))
    if not path.is_dir():
        message = f"no folder {name} in the shared data (set {variable})"
        raise DataMissing(message)
    return path
