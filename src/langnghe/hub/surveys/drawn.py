"""A question as a page draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from langnghe.hub.surveys.answers import PREFIX

if TYPE_CHECKING:
    from langnghe.errors import Say
    from langnghe.hub.surveys.form import Question


@dataclass(frozen=True)
class Drawn:
    """What a template needs to know of one question.

    Attributes
    ----------
    field : name of its field in the form.
    answer : what was answered so far.
    fault : what has to be mended.
    choices : (name, label, whether it is chosen).
    """

    question: Question
    field: str
    answer: str
    fault: Say | None
    choices: tuple[tuple[str, Say, bool], ...]

    @property
    def described_by(self) -> str:
        """The ids of what describes the field, for people who hear the page."""
        parts = [f"{self.field}-hint" if self.question.hint.vi else "", f"{self.field}-fault" if self.fault else ""]
        return " ".join(part for part in parts if part)

    @property
    def length(self) -> str:
        """How wide the field is drawn."""
        return "short" if self.question.kind in {"integer", "decimal", "date"} else ""


def drawn(question: Question, answer: str = "", fault: Say | None = None) -> Drawn:
    """Prepare a question for a template."""
    chosen = answer.split() if question.kind == "select_multiple" else [answer]
    choices = tuple((choice.name, choice.label, choice.name in chosen) for choice in question.choices)
    return Drawn(question, PREFIX + question.name, answer, fault, choices)
