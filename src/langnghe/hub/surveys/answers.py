"""What a respondent sent → answers that fit the form, or what has to be mended."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import TYPE_CHECKING

from langnghe.errors import Say
from langnghe.hub.surveys.expressions import holds, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from langnghe.hub.surveys.form import Answers, Form, Question

PREFIX = "q-"
MAX_TEXT = 2_000
"""What names of fields begin with; letters of one answer."""

_INTEGER = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,6})?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)

NEEDED = Say("Hãy trả lời câu này.", "Please answer this question.")
TOO_LONG = Say(f"Câu trả lời dài quá {MAX_TEXT} ký tự.", f"The answer has more than {MAX_TEXT} letters.")
NOT_VALID = {
    "integer": Say("Hãy ghi một số nguyên, ví dụ 12.", "Please write a whole number, such as 12."),
    "decimal": Say("Hãy ghi một con số, ví dụ 12,5.", "Please write a number, such as 12.5."),
    "date": Say("Hãy ghi ngày, ví dụ 31/07/2026.", "Please write a day, such as 31/07/2026."),
    "select_one": Say("Hãy chọn một trong các ý.", "Please choose one of the choices."),
    "select_multiple": Say("Hãy chọn trong các ý đã cho.", "Please choose among the choices."),
}
BROKEN = Say("Câu trả lời này chưa phù hợp.", "This answer does not fit.")


def given(question: Question, values: Sequence[str]) -> str:
    """The answer to a question as it is stored; '' where there is none. What is not valid stays as it was written."""
    if question.kind == "select_multiple":
        chosen = {part for value in values for part in value.split()}
        order = [choice.name for choice in question.choices if choice.name in chosen]
        return " ".join([*order, *sorted(chosen - set(order))])
    written = plain(values[-1]) if values else ""
    if question.kind == "date" and (found := _DAY.fullmatch(written)):
        return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    if question.kind == "integer":
        return _whole(written)
    return _decimal(written) if question.kind == "decimal" else written


def _whole(written: str) -> str:
    bare = re.sub(r"\s", "", written)
    return str(int(bare)) if _INTEGER.fullmatch(bare) else written


def _decimal(written: str) -> str:
    bare = re.sub(r"\s", "", written)
    return bare.replace(",", ".").lstrip("+") if _DECIMAL.fullmatch(bare) else written


def plain(text: str) -> str:
    """A text composed, without controls and blanks around it."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(mark for mark in composed if mark == "\n" or unicodedata.category(mark) not in {"Cc", "Cs"}).strip()


def fault_of(question: Question, answer: str, answers: Mapping[str, str], today: dt.date) -> Say | None:
    """What is wrong with an answer to a question that is asked; None where nothing is."""
    if not answer:
        return NEEDED if question.is_required else None
    if len(answer) > MAX_TEXT:
        return TOO_LONG
    if not _is_valid(question, answer):
        return NOT_VALID[question.kind]
    if question.constraint and not holds(parse(question.constraint), answers, answer, today):
        return question.message if question.message.vi else BROKEN
    return None


def _is_valid(question: Question, answer: str) -> bool:
    if question.kind == "integer":
        return bool(_INTEGER.fullmatch(answer))
    if question.kind == "decimal":
        return bool(_DECIMAL.fullmatch(answer))
    if question.kind == "date":
        return _is_day(answer)
    names = {choice.name for choice in question.choices}
    chosen = answer.split() if question.kind == "select_multiple" else [answer]
    return question.kind == "text" or names.issuperset(chosen)


def _is_day(answer: str) -> bool:
    try:
        return dt.date.fromisoformat(answer).isoformat() == answer
    except ValueError:
        return False


def read_answers(form: Form, posted: Mapping[str, Sequence[str]]) -> Answers:
    """The answers among the fields that were sent; other fields are passed over."""
    read = {question.name: given(question, posted.get(PREFIX + question.name, ())) for question in form}
    return {name: answer for name, answer in read.items() if answer}


def faults(form: Form, questions: Iterable[Question], answers: Answers, today: dt.date) -> dict[str, Say]:
    """What is wrong with the answers to those of some questions that are asked: name → what."""
    kept = form.relevant(answers, today)
    asked = (question for question in questions if question.takes_answer and question.is_asked(kept, today))
    found = {question.name: fault_of(question, kept.get(question.name, ""), kept, today) for question in asked}
    return {name: fault for name, fault in found.items() if fault is not None}
