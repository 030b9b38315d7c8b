"""Two surveys of the demo: one that has closed, with results, and one that can be answered. Nobody gave these answers."""

from __future__ import annotations

import datetime as dt
import random
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from langnghe.hub.demo.words import OPEN_ANSWERS
from langnghe.hub.surveys.example import example_workbook
from langnghe.hub.surveys.models import Survey, store, today
from langnghe.hub.surveys.seal import seal
from langnghe.hub.surveys.xlsform import read_form

if TYPE_CHECKING:
    from langnghe.hub.people.models import Person
    from langnghe.hub.surveys.form import Answers, Form
    from langnghe.hub.units.models import Unit

ANSWERED, ANSWERING = 148, 34
"""Answers of the survey that has closed, and of the one that is open."""

SEED = 20260929
MONTH = dt.timedelta(days=30)
DAY = dt.timedelta(days=1)

WEIGHTS: dict[str, tuple[float, ...]] = {
    "eats": (8, 2),
    "good": (3, 5, 2),
    "wishes": (0.6, 0.45, 0.3, 0.15),
    "shift": (6, 3, 1),
}
"""How often the choices of a question are taken: shares of one choice, or for several choices the chance of each."""


def make_surveys(unit: Unit, person: Person) -> Survey:
    """Make both; gives back the one that is open."""
    form, chance = example_form(), random.Random(SEED)  # noqa: S311 - invented answers, nothing secret
    closed = _survey(form, unit, person, "Bữa ăn ca quý 3", "Meals at work, third quarter", -2 * MONTH, -DAY)
    for answers in invented(form, ANSWERED, chance):
        store(closed, secrets.randbits(62), answers)
    seal(closed)
    being = _survey(form, unit, person, "Bữa ăn ca quý 4", "Meals at work, fourth quarter", -DAY, MONTH)
    for answers in invented(form, ANSWERING, chance):
        store(being, secrets.randbits(62), answers)
    return being


def _survey(
    form: Form, unit: Unit, person: Person, vi: str, en: str, opens: dt.timedelta, closes: dt.timedelta
) -> Survey:
    return Survey.objects.create(
        title_vi=f"{vi} (thử)",
        title_en=f"{en} (demo)",
        unit=unit,
        purpose_vi="Đây là khảo sát thử, câu trả lời không đi đến đâu cả.",
        purpose_en="This is a demo; answers go nowhere.",
        contact="Bản thử: không có ai ở địa chỉ nào",
        opens=today() + opens,
        closes=today() + closes,
        form_json=form.to_json(),
        is_released=True,
        made_by=person,
    )


def example_form() -> Form:
    """The form, read from a workbook as an officer would upload it."""
    with tempfile.TemporaryDirectory(prefix="langnghe-") as folder:
        path = Path(folder) / "form.xlsx"
        path.write_bytes(example_workbook(today()))
        return read_form(path)


def invented(form: Form, count: int, chance: random.Random) -> list[Answers]:
    """Answers that fit the form: closed ones drawn by `WEIGHTS`, each open one written by one only."""
    words = chance.sample(OPEN_ANSWERS, k=min(len(OPEN_ANSWERS), count))
    made = [_answers(form, chance) for _ in range(count)]
    for answers, text in zip(chance.sample(made, k=len(words)), words, strict=True):
        answers["other"] = text
    return [form.relevant(answers, today()) for answers in made]


def _answers(form: Form, chance: random.Random) -> Answers:
    answers: Answers = {}
    for question in form:
        names = [choice.name for choice in question.choices]
        if question.kind == "select_one":
            answers[question.name] = chance.choices(names, WEIGHTS[question.name])[0]
        elif question.kind == "select_multiple":
            weights = WEIGHTS[question.name]
            answers[question.name] = " ".join(n for n, w in zip(names, weights, strict=True) if chance.random() < w)
        elif question.kind == "integer":
            answers[question.name] = str(min(25, int(chance.expovariate(0.22))))
    return {name: answer for name, answer in answers.items() if answer}
