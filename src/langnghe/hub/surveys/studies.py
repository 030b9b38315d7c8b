"""Open answers become a study: a folder like any other, of masked texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.conf import settings

import langnghe as ln
from langnghe.report.opendata import csv

if TYPE_CHECKING:
    from langnghe.hub.instance import Instance
    from langnghe.hub.surveys.models import Survey


def make_study(survey: Survey) -> str | None:
    """Make a study of the open answers of a closed survey; gives back its name, None where nothing was written.

    The question is the source of each text; there is no date and no author. The file that is handed over is erased once it was read.
    """
    answers = survey.sealed_answers()
    texts = [
        (question.label.vi, given.get(question.name, ""))
        for question in survey.form
        for given in answers
        if question.kind == "text"
    ]
    rows = sorted(pair for pair in texts if pair[1])
    if not rows:
        return None
    instance: Instance = settings.INSTANCE
    instance.prepare()
    name = f"survey-{survey.slug}"
    path = instance.studies / f"{name}.csv"
    path.write_bytes(csv(pl.DataFrame(rows, schema={"câu hỏi": pl.String, "nội dung": pl.String}, orient="row")))
    try:
        read = ln.read(path, text="nội dung", source="câu hỏi", author="", date="")
        ln.clean_texts(ln.Study.create(instance.studies / name, read))
    finally:
        path.unlink()
    return name
