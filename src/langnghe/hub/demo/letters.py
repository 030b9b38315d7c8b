"""Letters of the demo, in every state that a letter can have."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from langnghe.hub.demo.words import LETTERS
from langnghe.hub.feedback.models import Letter, Message, Rule, State, masked, today, working_days_after
from langnghe.hub.feedback.receipt import code_of, hashed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from langnghe.hub.people.models import Person
    from langnghe.hub.units.models import Unit

TOLD = ("answered", "closed")
"""States of which the first letter's receipt code is printed."""

GONE = ("erased", "withdrawn")
"""States that come about by erasing."""


@dataclass(frozen=True)
class Row:
    """One of `LETTERS`."""

    state: str
    age: int
    topic: str
    about: str
    reader: str
    officer: str
    contact: str
    may_study: bool
    thread: tuple[str, ...]


def make_letters(units: Mapping[str, Unit], people: Mapping[str, Person]) -> tuple[str, ...]:
    """Make the letters; gives back the receipt codes of two of them."""
    codes: dict[str, str] = {}
    for row in (Row(*values) for values in LETTERS):
        code = code_of(secrets.token_urlsafe(16))
        _thread(_letter(row, code, units, people), row)
        codes.setdefault(row.state, code)
    return tuple(codes[state] for state in TOLD)


def _letter(row: Row, code: str, units: Mapping[str, Unit], people: Mapping[str, Person]) -> Letter:
    reader, day = units[row.reader], today() - dt.timedelta(days=row.age)
    return Letter.objects.create(
        id=secrets.randbits(62),
        code_hash=hashed(code) or "",
        reader=reader,
        about=units[row.about] if row.about else None,
        topic=row.topic,
        contact=row.contact,
        may_study=row.may_study,
        day=day,
        due=working_days_after(day, Rule.of(reader).answer_days),
        state=State.CLOSED if row.state in GONE else row.state,
        in_charge=people[row.officer] if row.officer else None,
        closed_on=day + dt.timedelta(days=len(row.thread)) if row.state in {"closed", *GONE} else None,
    )


def _thread(letter: Letter, row: Row) -> None:
    for place, text in enumerate(row.thread):
        Message(
            id=secrets.randbits(62),
            letter=letter,
            number=place + 1,
            is_staff=place % 2 == 1,
            text=text,
            masked=masked(text),
            day=letter.day + dt.timedelta(days=place),
        ).save(force_insert=True)
    if row.state == "erased":
        letter.erase()
    elif row.state == "withdrawn":
        letter.withdraw()
