"""A form: its questions and choices, as frozen values that are stored as JSON and read back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from langnghe.errors import Say
from langnghe.hub.surveys.expressions import holds, parse

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

SELECTS = frozenset({"select_one", "select_multiple"})
SHOWN = frozenset({"note", "heading"})
"""Kinds of questions with choices; kinds that are shown and take no answer."""

NOTHING = Say("", "")

Answers = dict[str, str]
"""Name of a question → its answer; chosen names of select_multiple are separated by blanks. What was not answered is not in it."""


@dataclass(frozen=True)
class Choice:
    """One choice: the name that is stored, the label that is read."""

    name: str
    label: Say


@dataclass(frozen=True)
class Question:
    """A question, a note, or the heading of a group.

    Attributes
    ----------
    name : of the column in exports.
    kind : 'text', 'integer', 'decimal', 'date', 'select_one', 'select_multiple', 'note' or 'heading'.
    relevant : conditions that must all hold for it to be asked: its own and those of the groups around it.
    constraint, message : what an answer must be, and what is said if it is not.
    is_across : choices stand in a row (a scale).
    is_long : a text of several lines.
    """

    name: str
    kind: str
    label: Say
    hint: Say = NOTHING
    is_required: bool = False
    relevant: tuple[str, ...] = ()
    constraint: str = ""
    message: Say = NOTHING
    choices: tuple[Choice, ...] = ()
    is_across: bool = False
    is_long: bool = False

    @property
    def takes_answer(self) -> bool:
        """Whether it is answered, not only read."""
        return self.kind not in SHOWN

    def asks(self) -> frozenset[str]:
        """The questions whose answers decide whether it is asked."""
        return frozenset().union(*(parse(condition).names() for condition in self.relevant))

    def is_asked(self, answers: Mapping[str, str], today: dt.date) -> bool:
        """Whether it is asked, given the answers before it."""
        return all(holds(parse(condition), answers, today=today) for condition in self.relevant)


@dataclass(frozen=True)
class Form:
    """A form.

    Attributes
    ----------
    title : as the spreadsheet says; may be empty.
    questions : in order.
    """

    title: Say
    questions: tuple[Question, ...] = field(default=())

    def __iter__(self) -> Iterator[Question]:
        """The questions that take an answer."""
        return (question for question in self.questions if question.takes_answer)

    def pages(self) -> list[tuple[Question, ...]]:
        """The questions page by page: whether one is asked never depends on an answer on the same page.

        A heading begins a page too, so that a group stays together.
        """
        pages: list[list[Question]] = []
        for question in self.questions:
            here = pages[-1] if pages else []
            depends = bool(question.asks() & {other.name for other in here})
            begins = question.kind == "heading" and any(other.takes_answer for other in here)
            if not pages or depends or begins:
                pages.append([question])
            else:
                here.append(question)
        return [tuple(page) for page in pages]

    def relevant(self, answers: Mapping[str, str], today: dt.date) -> Answers:
        """The answers to what was asked: an answer to a question that is not asked counts as not given, for others too."""
        kept: Answers = {}
        for question in self:
            given = answers.get(question.name, "")
            if given and question.is_asked(kept, today):
                kept[question.name] = given
        return kept

    def asked(self, questions: Iterable[Question], answers: Mapping[str, str], today: dt.date) -> list[Question]:
        """Those of some questions that are asked, given all answers before them."""
        kept = self.relevant(answers, today)
        return [question for question in questions if question.is_asked(kept, today)]

    def to_json(self) -> str:
        """As it is stored."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=256)
def from_json(text: str) -> Form:
    """Read a stored form."""
    read = json.loads(text)
    return Form(Say(**read["title"]), tuple(_question(one) for one in read["questions"]))


def _question(read: dict[str, Any]) -> Question:
    said = {key: Say(**read[key]) for key in ("label", "hint", "message")}
    choices = tuple(Choice(one["name"], Say(**one["label"])) for one in read["choices"])
    return Question(**{**read, **said, "relevant": tuple(read["relevant"]), "choices": choices})
