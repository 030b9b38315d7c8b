"""What a closed survey says: counts with intervals for each question, after disclosure control, and open answers as a shuffled list."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy.special import ndtri

from langnghe.errors import Say
from langnghe.hub.surveys.models import K
from langnghe.measure.disclosure import Table, publish, rule_for
from langnghe.wilson import wilson

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from langnghe.hub.surveys.form import Answers, Form, Question

LEVEL = 0.95
BANDS = 6
"""Of the intervals; bands into which numbers are put, at most about."""

NOT_ANSWERED = Say("Không trả lời hoặc không được hỏi", "Not answered, or not asked")


@dataclass(frozen=True)
class Line:
    """One line of a result.

    Attributes
    ----------
    count : answers; None where it is hidden.
    share, low, high : of those who answered, in percent; None where hidden or not known.
    is_rest : the line of those who did not answer.
    """

    label: Say
    count: int | None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    is_rest: bool = False

    @property
    def width(self) -> float:
        """The width of the interval."""
        return round((self.high or 0.0) - (self.low or 0.0), 1)


@dataclass(frozen=True)
class Result:
    """What was answered to one question.

    Attributes
    ----------
    base : how many answered it; None where that would tell of a few.
    lines : for closed questions and numbers.
    texts : open answers, masked, in an order that has nothing to do with other questions.
    """

    question: Question
    base: int | None
    lines: tuple[Line, ...] = ()
    texts: tuple[str, ...] = ()


def results(form: Form, answers: Sequence[Answers]) -> list[Result]:
    """The results of a survey.

    Parameters
    ----------
    answers : all sealed answers; fewer than `K` give no result at all.
    """
    if len(answers) < K:
        return []
    return [_result(question, [given.get(question.name, "") for given in answers]) for question in form]


def _result(question: Question, given: list[str]) -> Result:
    if question.kind == "select_multiple":
        return _several(question, given)
    answered = [answer for answer in given if answer]
    if question.kind == "text":
        return _open(question, answered, len(given))
    cells = _cells(question, answered)
    counts = [count for _, count in cells]
    *shown, rest = hidden_small([*counts, len(given) - len(answered)])
    base = None if rest is None else len(answered)
    lines = [_line(label, count, len(answered), base) for (label, _), count in zip(cells, shown, strict=True)]
    return Result(question, base, (*lines, Line(NOT_ANSWERED, rest, is_rest=True)))


def _several(question: Question, given: list[str]) -> Result:
    """Each choice divides all who answered into those who ticked it and those who did not: neither part may be small."""
    answered = [answer.split() for answer in given if answer]
    base, rest = hidden_small([len(answered), len(given) - len(answered)])
    counts = Counter(name for chosen in answered for name in chosen)
    lines = []
    for choice in question.choices:
        number = counts[choice.name]
        shown = hidden_small([number, len(answered) - number])[0] if base is not None else None
        lines.append(_line(choice.label, shown, len(answered), base))
    return Result(question, base, (*lines, Line(NOT_ANSWERED, rest, is_rest=True)))


def _open(question: Question, answered: list[str], whole: int) -> Result:
    """Open answers are shown when at least `K` wrote something, sorted by a hash: none stands beside others of one respondent."""
    base, _ = hidden_small([len(answered), whole - len(answered)])
    ordered = sorted(answered, key=lambda text: sha256(f"{question.name}\n{text}".encode()).digest())
    return Result(question, base, texts=tuple(ordered) if len(answered) >= K else ())


def hidden_small(counts: Sequence[int]) -> list[int | None]:
    """The counts of one partition after disclosure control: None where hidden. A zero tells of nobody, and stays."""
    some = [(place, count) for place, count in enumerate(counts) if count > 0]
    whole, parts = _counted([sum(counts)]).drop("place"), _counted([count for _, count in some])
    shown = publish(
        {"total": Table(whole, {}), "parts": Table(parts, {"place": "place"})}, rule_for(K, has_authors=True)
    )
    found = dict(zip((place for place, _ in some), shown["parts"]["texts"].to_list(), strict=True))
    return [found.get(place, 0) for place in range(len(counts))]


def _counted(counts: Sequence[int]) -> pl.DataFrame:
    """Cells in which everybody answered once: texts, messages and voices are one number."""
    every = dict.fromkeys(("texts", "messages", "voices", "shown_by"), counts)
    return pl.DataFrame({"place": range(len(counts)), **every, "voice": [float(count) for count in counts]})


def _line(label: Say, count: int | None, answered: int, base: int | None) -> Line:
    """A line with its interval: of all who might have answered, those who did are taken as a sample."""
    if count is None or base is None:
        return Line(label, count)
    share = np.array([count / max(answered, 1)])
    low, high = wilson(share, np.array([float(max(answered, 1))]), float(ndtri(0.5 + LEVEL / 2)))
    percent = [round(100 * float(value[0]), 1) for value in (share, low, high)]
    return Line(label, count, percent[0], percent[1], percent[2])


def _cells(question: Question, answered: list[str]) -> list[tuple[Say, int]]:
    if question.kind == "select_one":
        counts = Counter(answered)
        return [(choice.label, counts[choice.name]) for choice in question.choices]
    if question.kind == "date":
        months = Counter(answer[:7] for answer in answered)
        return [(Say(f"{month[5:]}/{month[:4]}", month), months[month]) for month in sorted(months)]
    return list(_bands([float(answer) for answer in answered]))


def _bands(values: list[float]) -> Iterator[tuple[Say, int]]:
    """Numbers in bands of an even width; the outermost ones are open, so that no single value shows."""
    if not values:
        return
    low, high = (float(edge) for edge in np.quantile(values, [0.1, 0.9]))
    width = _even((high - low) / (BANDS - 2))
    first = math.floor(low / width) * width
    edges = [first + width * step for step in range(1, max(2, math.ceil((high - first) / width)) + 1)]
    counts = Counter(int(np.searchsorted(edges, value, side="right")) for value in values)
    yield Say(f"dưới {edges[0]:g}", f"below {edges[0]:g}"), counts[0]
    for place, (start, end) in enumerate(pairwise(edges), 1):
        yield Say(f"{start:g} đến dưới {end:g}", f"{start:g} to below {end:g}"), counts[place]
    yield Say(f"từ {edges[-1]:g}", f"{edges[-1]:g} and more"), counts[len(edges)]


def _even(width: float) -> float:
    """The next width that is 1, 2 or 5 times a power of ten."""
    if width <= 0:
        return 1.0
    power: float = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= width - 1e-12)
