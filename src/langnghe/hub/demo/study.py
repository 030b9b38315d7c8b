"""The example study, through the same verbs as any uploaded file: upload, look, run, draw a sample, give the parts to coders."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import langnghe as ln
from langnghe.errors import InputError, Say
from langnghe.hub.coding.models import Seat
from langnghe.hub.studies import jobs
from langnghe.hub.studies.models import State, Study, Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from langnghe.hub.people.models import Person

TITLE = "Ý kiến quý 3 (bộ ví dụ: tất cả là bịa)"
NAME = "quy-3.csv"
SAMPLE = 60
"""Texts of the sample that is drawn, half of them for both coders."""


def example() -> bytes:
    """The comments of the example study: beside this module where it was installed, in examples/ where one works on it.

    Raises
    ------
    InputError
        They are in neither place.
    """
    installed = Path(str(files("langnghe.hub.demo"))) / NAME
    worked_on = Path(__file__).resolve().parents[4] / "examples" / "quy-3" / "comments.csv"
    for path in (installed, worked_on):
        if path.is_file():
            return path.read_bytes()
    raise InputError(
        NAME,
        Say("thiếu tệp của bộ ví dụ.", "the file of the example study is missing."),
        Say("Hãy cài lại langnghe[hub].", "Install langnghe[hub] again."),
    )


def make_study(people: Mapping[str, Person]) -> Study:
    """Make the study, run to its report, its file erased."""
    data = example()
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
