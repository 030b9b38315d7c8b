"""XLSForm → form: the part of the standard that can be asked anonymously on one page; all else is refused with its row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from langnghe.errors import Say
from langnghe.hub.surveys.expressions import NotUnderstood, parse
from langnghe.hub.surveys.form import NOTHING, SELECTS, Choice, Form, Question
from langnghe.hub.surveys.workbook import Refused, Row, Workbook, fault, is_aside, language_of, open_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from langnghe.errors import InputError
    from langnghe.hub.surveys.expressions import Node

KINDS = ("text", "integer", "decimal", "date", "note")
SPOKEN = ("label", "hint", "constraint_message", "required_message")
COLUMNS = {
    "survey": {"type", "name", "required", "relevant", "constraint", "appearance", *SPOKEN},
    "choices": {"list_name", "name", "label"},
    "settings": {"form_title", "form_id", "version", "default_language", "style", "title", "id_string"},
}
"""Columns that are read. Columns that are not: refused where they hold something, unless they are remarks."""

APPEARANCES = {"", "minimal", "multiline", "likert", "horizontal", "quick", "columns", "list-nolabel", "field-list"}
ACROSS = {"likert", "horizontal"}
ALIASES = {"relevance": "relevant", "list name": "list_name", "constraint message": "constraint_message"}
MAX_QUESTIONS, MAX_CHOICES = 200, 100

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}", re.ASCII)
_CHOICE = re.compile(r"[\w.-]{1,40}")
_WHO = frozenset(
    "start end today deviceid username phonenumber email simserial subscriberid audit start-geopoint "
    "background-geopoint background-audio geopoint geotrace geoshape image audio video file barcode".split()
)
_ASKS_WHO = re.compile(
    r"\bhọ\s*(và|,|&)?\s*tên\b|\btên (của )?(bạn|anh|chị|anh/chị|em)\b|số điện thoại|\bđiện thoại của\b|\bcccd\b|\bcmnd\b"
    r"|căn cước|mã (số )?nhân viên|\bmã thẻ\b|\be-?mail\b|địa chỉ nhà|\b(full|your|first|last) name\b|phone number",
    re.IGNORECASE,
)
"""Question types that record who, where or when; questions for who somebody is."""

_KEPT_OUT = (
    "Hãy bỏ dòng này: khảo sát ở đây ẩn danh, không ghi ai trả lời, ở đâu, lúc nào.",
    "Take this row out: surveys here are anonymous and record neither who answers nor where and when.",
)
_TABLE = (
    "Hãy xem bảng các loại câu hỏi dùng được trong tài liệu về khảo sát.",
    "See the table of question types in the documentation of surveys.",
)


def read_form(path: Path) -> Form:
    """Read an XLSForm file.

    Raises
    ------
    Refused
        Something in it is not supported or can't be; all faults at once, each with sheet and row.
    InputError
        It is no such file.
    """
    book = _with_aliases(open_workbook(path))
    draft = _Draft(book)
    draft.read()
    if draft.faults:
        raise Refused(draft.faults)
    _refuse_what_others_would(book, path.name)
    return Form(draft.title, tuple(draft.questions))


def _with_aliases(book: Workbook) -> Workbook:
    def named(row: Row) -> Row:
        return Row(row.sheet, row.number, {_alias(name): cell for name, cell in row.cells.items()})

    rows = {sheet: [named(row) for row in rows] for sheet, rows in book.rows.items()}
    return Workbook(rows, {sheet: [_alias(name) for name in names] for sheet, names in book.columns.items()}, book.read)


def _alias(column: str) -> str:
    base, mark, rest = column.partition("::")
    base = base.strip()
    return ALIASES.get(base, base) + mark + rest


def _refuse_what_others_would(book: Workbook, name: str) -> None:
    """A form that we take is one that ODK and KoboToolbox take: pyxform must be able to build it."""
    try:
        convert(xlsform={key: value for key, value in book.read.items() if key != "sheet_names"}, form_name="data")
    except PyXFormError as found:
        said = " ".join(str(found).split())[:300]
        raise Refused([fault(name, (f"pyxform không nhận: {said}", f"pyxform refuses it: {said}"), _TABLE)]) from found


@dataclass
class _Draft:
    """A form while it is read."""

    book: Workbook
    faults: list[InputError] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    title: Say = NOTHING
    lists: dict[str, list[Choice]] = field(default_factory=dict)
    groups: list[tuple[str, ...]] = field(default_factory=list)
    taken: dict[str, Question | None] = field(default_factory=dict)
    fallback: str = "vi"

    def refuse(self, row: Row, vi: str, en: str, mend: tuple[str, str]) -> None:
        self.faults.append(row.fault((vi, en), mend))

    def read(self) -> None:
        self.read_settings()
        self.refuse_columns()
        self.read_choices()
        for row in self.book.rows["survey"]:
            self.read_row(row)
        last = self.book.rows["survey"][-1] if self.book.rows["survey"] else Row("survey", 2, {})
        if self.groups:
            self.refuse(
                last, "nhóm chưa đóng.", "a group is not closed.", ("Thêm dòng 'end group'.", "Add 'end group'.")
            )
        if not any(question.takes_answer for question in self.questions) and not self.faults:
            self.refuse(last, "không có câu hỏi nào.", "there is no question.", _TABLE)
        if len(self.questions) > MAX_QUESTIONS:
            mend = ("Hãy chia thành nhiều khảo sát.", "Divide it into several surveys.")
            self.refuse(last, f"quá {MAX_QUESTIONS} dòng hỏi.", f"more than {MAX_QUESTIONS} questions.", mend)

    def read_settings(self) -> None:
        for row in self.book.rows["settings"][:1]:
            self.fallback = language_of(f"::{row['default_language']}") or "vi"
            written = row["form_title"] or row["title"]
            self.title = Say(written, written)

    def refuse_columns(self) -> None:
        """Refuse sheets and columns that would change the meaning of the form if they were passed over."""
        for sheet in ("external_choices", "entities", "osm"):
            for row in self.book.rows.get(sheet, [])[:1]:
                self.refuse(row, "trang này không dùng được.", "this sheet is not supported.", _TABLE)
        for sheet, known in COLUMNS.items():
            for column in self.book.columns[sheet]:
                reason = _column_fault(column, known)
                holding = next((row for row in self.book.rows[sheet] if row[column]), None)
                if reason and holding:
                    self.refuse(holding, *reason)

    def read_choices(self) -> None:
        for row in self.book.rows["choices"]:
            name, label = row["name"], row.said("label", self.fallback)
            listed = self.lists.setdefault(row["list_name"], [])
            reason = _choice_fault(row, name, label, listed)
            if reason:
                self.refuse(row, *reason)
            listed.append(Choice(name, label))

    def read_row(self, row: Row) -> None:
        kind = " ".join(row["type"].lower().replace("_", " ").split())
        if kind in {"begin group", "end group"}:
            self.read_group(row, begins=kind == "begin group")
            return
        asked, _, listed = " ".join(row["type"].split()).partition(" ")
        kind = self.kind_of(row, asked, listed)
        if not kind:
            return
        name = self.name_of(row)
        choices = tuple(self.lists.get(listed, ())) if kind in SELECTS else ()
        question = self.question(row, name, kind, choices)
        self.taken[name] = question
        self.questions.append(question)

    def read_group(self, row: Row, *, begins: bool) -> None:
        if not begins:
            if self.groups:
                self.groups.pop()
            else:
                mend = ("Bỏ dòng này, hoặc thêm 'begin group' ở trên.", "Take it out, or add 'begin group' above.")
                self.refuse(row, "đóng một nhóm chưa mở.", "closes a group that was not opened.", mend)
            return
        name = self.name_of(row)
        self.taken[name] = None
        label = row.said("label", self.fallback)
        own = (self.condition(row, "relevant"),) if row["relevant"] else ()
        self.groups.append(own)
        self.appearance(row)
        if label.vi:
            self.questions.append(Question(name, "heading", label, relevant=self.around()))

    def around(self) -> tuple[str, ...]:
        return tuple(condition for own in self.groups for condition in own)

    def kind_of(self, row: Row, asked: str, listed: str) -> str:
        """The kind of question, '' where it is refused."""
        kind = {"select1": "select_one", "int": "integer", "string": "text"}.get(asked.lower(), asked.lower())
        if kind in _WHO:
            self.refuse(
                row,
                f"loại '{asked[:30]}' ghi lại người trả lời, nơi hoặc lúc.",
                f"type '{asked[:30]}' records who, where or when.",
                _KEPT_OUT,
            )
            return ""
        if kind not in {*KINDS, *SELECTS} or (kind in KINDS and listed):
            shown = row["type"][:40]
            self.refuse(row, f"loại '{shown}' chưa dùng được.", f"type '{shown}' is not supported.", _TABLE)
            return ""
        if kind in SELECTS and listed not in self.lists:
            self.refuse_list(row, listed)
        return kind

    def refuse_list(self, row: Row, listed: str) -> None:
        if listed.endswith(" or_other"):
            mend = (
                "Hãy thêm lựa chọn 'khac' và một câu hỏi text với relevant = selected(${…}, 'khac').",
                "Add a choice 'other' and a text question with relevant = selected(${…}, 'other').",
            )
            self.refuse(row, "'or_other' chưa dùng được.", "'or_other' is not supported.", mend)
            return
        mend = (
            f"Hãy thêm danh sách '{listed[:40]}' vào trang choices.",
            f"Add the list '{listed[:40]}' to the sheet choices.",
        )
        self.refuse(row, "danh sách lựa chọn không có.", "there is no such list of choices.", mend)

    def name_of(self, row: Row) -> str:
        name = row["name"]
        if not _NAME.fullmatch(name):
            mend = (
                "Tên gồm chữ cái không dấu, số và '_', bắt đầu bằng chữ, dài nhất 40 ký tự.",
                "A name has letters without accents, digits and '_', begins with a letter and has 40 at most.",
            )
            self.refuse(row, "cột name trống hoặc không hợp lệ.", "the name is empty or not valid.", mend)
        elif name.lower() in {taken.lower() for taken in self.taken}:
            self.refuse(
                row, f"tên '{name}' đã dùng.", f"the name '{name}' stands twice.", ("Hãy đổi tên.", "Rename one.")
            )
        return name

    def question(self, row: Row, name: str, kind: str, choices: tuple[Choice, ...]) -> Question:
        label = row.said("label", self.fallback)
        if not label.vi:
            mend = ("Hãy điền label::Tiếng Việt (vi).", "Fill in label::Tiếng Việt (vi) or label::English (en).")
            self.refuse(row, "thiếu nhãn.", "there is no label.", mend)
        if kind in {"text", "integer"} and (_ASKS_WHO.search(label.vi) or _ASKS_WHO.search(label.en)):
            mend = (
                "Hãy bỏ câu này: khảo sát ẩn danh. Ai cần được trả lời riêng thì dùng đường dây góp ý.",
                "Take it out: the survey is anonymous. Whoever wants an answer uses the feedback line.",
            )
            self.refuse(row, "câu này hỏi người trả lời là ai.", "this asks who the respondent is.", mend)
        look = self.appearance(row)
        return Question(
            name,
            kind,
            label,
            hint=row.said("hint", self.fallback),
            is_required=self.required(row) and kind != "note",
            relevant=(*self.around(), *((self.condition(row, "relevant"),) if row["relevant"] else ())),
            constraint=self.condition(row, "constraint", name) if row["constraint"] else "",
            message=row.said("constraint_message", self.fallback),
            choices=choices,
            is_across=bool(look & ACROSS) and kind == "select_one",
            is_long="multiline" in look,
        )

    def required(self, row: Row) -> bool:
        written = row["required"].lower().replace("()", "")
        if written not in {"", "yes", "no", "true", "false"}:
            mend = ("Hãy ghi yes hoặc để trống.", "Write yes or leave it empty.")
            self.refuse(row, "required phải là yes hoặc no.", "required must be yes or no.", mend)
        return written in {"yes", "true"}

    def appearance(self, row: Row) -> set[str]:
        look = set(row["appearance"].lower().split())
        odd = sorted(name for name in look - APPEARANCES if not re.fullmatch(r"w\d+|columns-\d+", name))
        if odd:
            mend = ("Hãy để trống cột appearance.", "Leave appearance empty.")
            self.refuse(
                row,
                f"appearance '{odd[0][:30]}' chưa dùng được.",
                f"appearance '{odd[0][:30]}' is not supported.",
                mend,
            )
        return look

    def condition(self, row: Row, column: str, this: str = "") -> str:
        """A condition, after it was tried: it must be understood, and ask for questions above and choices that are there."""
        text = row[column]
        try:
            node = parse(text)
        except NotUnderstood as piece:
            mend = (
                "Dùng được: ${tên}, ., =, !=, <, >, and, or, not(), selected(), count-selected(), string-length(), today().",
                "Understood are ${name}, ., =, !=, <, >, and, or, not(), selected(), count-selected(), string-length(), today().",
            )
            self.refuse(row, f"{column}: không hiểu '{piece}'.", f"{column}: '{piece}' is not understood.", mend)
            return "true()"
        for vi, en in self.unknown(node, this):
            mend = (
                "Điều kiện chỉ được hỏi tới câu đứng trên, và lựa chọn có trong danh sách.",
                "A condition may ask for questions above it, and for choices that are in their list.",
            )
            self.refuse(row, f"{column}: {vi}", f"{column}: {en}", mend)
        return text

    def unknown(self, node: Node, this: str) -> Iterator[tuple[str, str]]:
        for name in sorted(node.names() - {this}):
            question = self.taken.get(name)
            if question is None or not question.takes_answer:
                yield f"không có câu hỏi '{name}' ở trên.", f"there is no question '{name}' above."
        if not this and any(part.kind == "this" for part in node):
            yield "'.' chỉ dùng trong constraint.", "'.' is for constraints."
        for name, choice in _chosen(node):
            question = self.taken.get(name)
            if question and question.choices and choice not in {"", *(one.name for one in question.choices)}:
                yield f"câu '{name}' không có lựa chọn '{choice}'.", f"question '{name}' has no choice '{choice}'."


def _chosen(node: Node) -> Iterator[tuple[str, str]]:
    """The choices that a condition asks for: (name of the question, name of the choice)."""
    for part in node:
        if part.kind in {"=", "!=", "selected"}:
            asked = [one for one in part.parts if one.kind == "answer"]
            given = [one for one in part.parts if one.kind == "value" and isinstance(one.value, str)]
            if len(asked) == len(given) == 1:
                yield str(asked[0].value), str(given[0].value)


Reason = tuple[str, str, tuple[str, str]]


def _column_fault(column: str, known: set[str]) -> Reason | None:
    base, mark, _ = column.partition("::")
    if is_aside(column) or (base in known and not mark):
        return None
    if mark and base in known and base in SPOKEN:
        mend = ("Hãy dùng (vi) hoặc (en).", "Use (vi) or (en).")
        shown = column[:50]
        said = (f"cột '{shown}': ngôn ngữ chưa dùng được.", f"column '{shown}': the language is not supported.")
        return None if language_of(column) else (*said, mend)
    mend = (
        "Hãy xoá cột, hoặc đặt '#' trước tên cột nếu đó là ghi chú.",
        "Take the column out, or put '#' before its name if it is a remark.",
    )
    return f"cột '{column[:50]}' chưa dùng được.", f"column '{column[:50]}' is not supported.", mend


def _choice_fault(row: Row, name: str, label: Say, listed: list[Choice]) -> Reason | None:
    if not row["list_name"] or not _CHOICE.fullmatch(name) or not label.vi:
        mend = (
            "Mỗi lựa chọn cần list_name, name (không có dấu cách, dài nhất 40 ký tự) và nhãn.",
            "A choice needs a list_name, a name (without blanks, 40 letters at most) and a label.",
        )
        return "lựa chọn thiếu tên hoặc nhãn.", "a choice without a valid name or label.", mend
    if any(choice.name == name for choice in listed):
        return f"lựa chọn '{name}' đã có.", f"the choice '{name}' stands twice.", ("Hãy đổi tên.", "Rename one.")
    if len(listed) >= MAX_CHOICES:
        mend = ("Hãy bớt lựa chọn.", "Offer fewer.")
        return f"quá {MAX_CHOICES} lựa chọn.", f"more than {MAX_CHOICES} choices.", mend
    return None
