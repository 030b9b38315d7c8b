"""Closing a survey: its answers become one shuffled batch, masked, under new keys. Before that nobody sees any of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import polars as pl
from django.db import transaction

from langnghe.clean.masks import mask
from langnghe.clean.normalise import normalised
from langnghe.hub.base.scrub import scrub
from langnghe.hub.erasures import note
from langnghe.hub.surveys.models import K, State, Survey, replace_all, today

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from langnghe.hub.surveys.form import Answers, Form

    Dated = tuple[dt.date | None, Answers]


def seal(survey: Survey) -> Survey:
    """Close a survey for good. What it held is read, masked, shuffled and written under new random keys; done again it does nothing."""
    with transaction.atomic():
        locked = Survey.objects.select_for_update().get(pk=survey.pk)
        if not locked.is_sealed:
            note("survey.closed", locked.pk)
            rows = list(locked.answers.values_list("day", "answers"))
            replace_all(locked, made_safe(locked.form, rows))
            locked.is_sealed, locked.sealed_on = True, today()
            locked.save(update_fields=["is_sealed", "sealed_on"])
    scrub("surveys_answer")
    return Survey.objects.select_related("unit").get(pk=survey.pk)


def sealed_if_ended(survey: Survey) -> Survey:
    """The survey, closed if its last day has passed."""
    return seal(survey) if survey.state == State.ENDED else survey


def add_sealed(survey: Survey, rows: Sequence[Dated]) -> None:
    """Add answers from elsewhere to a closed survey; they are masked, and all are shuffled again."""
    with transaction.atomic():
        locked = Survey.objects.select_for_update().get(pk=survey.pk)
        before = list(locked.answers.values_list("day", "answers"))
        replace_all(locked, [*before, *made_safe(locked.form, rows)])


def made_safe(form: Form, rows: Sequence[Dated]) -> list[Dated]:
    """Answers with texts masked, and with days only where at least `K` answers share them."""
    days = Counter(day for day, _ in rows)
    texts = [question.name for question in form if question.kind == "text"]
    masked = _masked([answers.get(name, "") for _, answers in rows for name in texts])
    safe: list[Dated] = []
    for place, (day, answers) in enumerate(rows):
        own = dict(zip(texts, masked[place * len(texts) : (place + 1) * len(texts)], strict=True))
        kept = {name: own.get(name, answer) for name, answer in answers.items()}
        safe.append((day if days[day] >= K else None, {name: answer for name, answer in kept.items() if answer}))
    return safe


def _masked(texts: list[str]) -> list[str]:
    if not texts:
        return []
    masked: list[str] = mask(normalised(pl.Series(texts, dtype=pl.String)))["text"].to_list()
    return masked
