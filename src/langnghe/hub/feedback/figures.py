"""What may be told of all letters together: counts of at least `K`, in steps of `K`, and masked texts for a study."""

from __future__ import annotations

import datetime as dt
import io
import secrets
from collections import Counter
from dataclasses import dataclass

import polars as pl

from langnghe.hub.feedback.models import TOPICS, Letter, Message, today
from langnghe.report.opendata import safe_cell

K = 10
"""The least number of letters that anything shown stands for."""

PERIOD = dt.timedelta(days=365)


@dataclass(frozen=True)
class Figures:
    """Letters of the last year.

    Attributes
    ----------
    topics : topic → letters, rounded down to tens; topics with fewer than `K` stand in none.
    letters : the sum of them: a total of all would tell what is hidden.
    """

    topics: dict[str, int]
    letters: int


def figures() -> Figures:
    """Count. A number that went up by one would tell who has just written: all are rounded down."""
    since = Letter.objects.filter(day__gt=today() - PERIOD)
    counted = Counter(since.values_list("topic", flat=True))
    topics = {topic: counted[topic] // K * K for topic in TOPICS if counted[topic] >= K}
    return Figures(topics, sum(topics.values()))


def study_csv() -> bytes | None:
    """Masked texts of workers who agreed, as a CSV to make a study of; None while fewer than `K` letters are there.

    Returns
    -------
    Columns text and date (the Monday of the week; empty for weeks with fewer than `K` letters), one row per letter, shuffled.
    """
    rows: dict[int, list[str]] = {}
    messages = Message.objects.filter(letter__may_study=True, letter__is_withdrawn=False, is_staff=False)
    for letter, text in messages.order_by("letter", "number").values_list("letter", "masked"):
        rows.setdefault(letter, []).append(text)
    if len(rows) < K:
        return None
    days = dict(Letter.objects.filter(pk__in=rows).values_list("pk", "day"))
    weeks = {number: day - dt.timedelta(days=day.weekday()) for number, day in days.items()}
    counted = Counter(weeks.values())
    made = [
        {
            "text": safe_cell(" ".join("\n".join(texts).split())),
            "date": weeks[letter].isoformat() if counted[weeks[letter]] >= K else "",
        }
        for letter, texts in rows.items()
    ]
    secrets.SystemRandom().shuffle(made)
    file = io.BytesIO()
    pl.DataFrame(made, schema={"text": pl.String, "date": pl.String}).write_csv(file)
    return file.getvalue()
