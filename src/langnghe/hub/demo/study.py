"""The example study, through the same verbs as any uploaded file: upload, look, run, draw a sample, give the parts to coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import langnghe as ln
from langnghe.hub.coding.models import Seat
from langnghe.hub.demo.examples import example
from langnghe.hub.studies import jobs
from langnghe.hub.studies.models import State, Study, Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from langnghe.hub.people.models import Person

TITLE = "Ý kiến quý 3 (bộ ví dụ: tất cả là bịa)"
NAME = "quy-3.csv"
SAMPLE = 60
"""Texts of the sample that is drawn, half of them for both coders."""


def make_study(people: Mapping[str, Person]) -> Study:
    """Make the study, run to its report, its file erased."""
    data = example(NAME)
    study = Study.objects.create(title=TITLE, made_by=people["researcher"])
    upload = Upload.objects.create(study=study, name=NAME, size=len(data), whole=True)
    upload.append(data)
    jobs.look.call(study.pk)
    study.become(State.RUNNING, fault={})
    jobs.run.call(study.pk)
    study.refresh_from_db()
    if study.state == State.DONE:
        ln.draw_sample(study.open(), size=SAMPLE, coders=2, second_share=0.5)
        Seat.objects.bulk_create(
            Seat(study=study, person=people[f"coder{n or ''}"], number=k) for k, n in ((1, 0), (2, 2))
        )
    return study
