"""Answers as ODK and KoboToolbox write them: columns named as questions; several choices once joined by blanks and once as 0 and 1."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import fastexcel
import polars as pl

from langnghe.collect.sheets import refuse_bomb
from langnghe.hub.surveys.answers import fault_of, given
from langnghe.hub.surveys.models import K, today
from langnghe.hub.surveys.workbook import Refused, fault
from langnghe.report.opendata import csv, workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from langnghe.errors import InputError
    from langnghe.hub.surveys.form import Answers, Form, Question
    from langnghe.hub.surveys.seal import Dated

DAY = "_day"
DAYS = (DAY, "_submission_time", "today", "SubmissionDate")
"""The column of the day that we write; columns in which other programs write it, of which the day alone is taken."""

MAX_FAULTS = 50
MAX_ROWS = 200_000
_TICKED = {"1": True, "true": True, "0": False, "false": False, "": False, "1.0": True, "0.0": False}


def table(form: Form, rows: Sequence[Dated]) -> pl.DataFrame:
    """Answers as a table of texts, whole numbers (0 and 1) and days."""
    columns: dict[str, pl.Series] = {DAY: pl.Series([day for day, _ in rows], dtype=pl.Date)}
    for question in form:
        values = [answers.get(question.name) for _, answers in rows]
        columns[question.name] = pl.Series(values, dtype=pl.String)
        if question.kind == "select_multiple":
            for choice in question.choices:
                ticked = [None if value is None else int(choice.name in value.split()) for value in values]
                columns[f"{question.name}/{choice.name}"] = pl.Series(ticked, dtype=pl.Int64)
    return pl.DataFrame(columns)


def exported(form: Form, rows: Sequence[Dated], ending: str) -> bytes:
    """Answers as a file: 'csv' or 'xlsx'."""
    frame = table(form, rows)
    return csv(frame) if ending == "csv" else workbook({"answers": frame}, today())


def imported(form: Form, path: Path) -> list[Dated]:
    """Read answers from a file of ODK or KoboToolbox. Columns that are no questions (ids, devices, times, places) are never looked at.

    Raises
    ------
    Refused
        Cells that do not fit the form, each with its row; or fewer than `K` answers.
    """
    read = _opened(path)
    found = _columns(form, read.columns)
    if not found:
        raise Refused([_fault(path.name, "không có cột nào của bảng hỏi.", "has no column of the form.", _MEND)])
    rows: list[Dated] = []
    faults: list[InputError] = []
    for number, cells in enumerate(read.iter_rows(named=True), 2):
        answers = {name: text for name, text in _answers(form, found, cells).items() if text}
        kept = form.relevant(answers, today())
        faults += [*_wrong(form, kept, path.name, number)]
        if kept:
            rows.append((_day(cells), kept))
        if len(faults) >= MAX_FAULTS:
            break
    if len(rows) < K and not faults:
        mend = ("Hãy nhập ít nhất 10 phiếu một lần.", "Bring in at least 10 at once.")
        faults.append(_fault(path.name, f"chỉ có {len(rows)} phiếu trả lời.", f"has only {len(rows)} answers.", mend))
    if faults:
        raise Refused(faults)
    return rows


_MEND = (
    "Hãy xuất từ Kobo hoặc ODK với tên câu hỏi (XML values and headers), không phải nhãn.",
    "Export with the names of questions (XML values and headers), not with labels.",
)


def _opened(path: Path) -> pl.DataFrame:
    """A file as texts."""
    try:
        if path.suffix.lower() == ".xlsx":
            refuse_bomb(path)
            read = fastexcel.read_excel(path).load_sheet(0, dtypes="string").to_polars()
        else:
            data = path.read_bytes()
            head = data.partition(b"\n")[0]
            separator = max(",;\t", key=lambda mark: head.count(mark.encode()))
            read = pl.read_csv(data, separator=separator, infer_schema=False)
    except (pl.exceptions.PolarsError, fastexcel.FastExcelError, UnicodeDecodeError) as found:
        said = ("không đọc được như CSV UTF-8 hay XLSX.", "can't be read as CSV in UTF-8 or XLSX.")
        raise Refused([fault(path.name, said, _MEND)]) from found
    if len(read) > MAX_ROWS:
        raise Refused([_fault(path.name, "quá nhiều dòng.", "has too many rows.", ("Hãy chia tệp.", "Divide it."))])
    return read.select(pl.all().cast(pl.String).fill_null(""))


def _columns(form: Form, names: Sequence[str]) -> dict[str, tuple[str, dict[str, str]]]:
    """Where each question stands: name → (its own column or '', choice → column of 0 and 1). Names of groups in front are passed over."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    splits = {question.name: _split(question, names) for question in form}
    ticked = {name for split in splits.values() for name in split.values()}
    whole = [name for name in names if name not in ticked]  # 'wishes/other' is no column of a question 'other'
    for question in form:
        own = next((name for name in whole if _ends(name, question.name)), "")
        split = splits[question.name]
        if own or split:
            found[question.name] = (own, split)
    return found


def _split(question: Question, names: Sequence[str]) -> dict[str, str]:
    """The columns of 0 and 1 of a question with several choices: choice → column."""
    if question.kind != "select_multiple":
        return {}
    pairs = ((choice.name, name) for choice in question.choices for name in names)
    return {choice: name for choice, name in pairs if _ends(name, f"{question.name}/{choice}")}


def _ends(column: str, path: str) -> bool:
    return column == path or column.endswith(f"/{path}")


def _answers(form: Form, found: Mapping[str, tuple[str, dict[str, str]]], cells: Mapping[str, str]) -> Answers:
    read: Answers = {}
    for question in form:
        own, split = found.get(question.name, ("", {}))
        written = _bare(cells[own]) if own else ""
        if not written and split:
            written = " ".join(choice for choice, name in split.items() if _TICKED.get(cells[name].lower(), False))
        read[question.name] = given(question, [_whole(question, written)])
    return read


def _bare(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if re.match(r"'[\s\"'“”‘’]*[=+\-@|%＝＋－＠−]", cell) else cell


def _whole(question: Question, written: str) -> str:
    """'12.0', as a spreadsheet may write a whole number, is 12."""
    return re.sub(r"\.0+$", "", written) if question.kind == "integer" else written


def _day(cells: Mapping[str, str]) -> dt.date | None:
    for name in DAYS:
        if found := re.match(r"\d{4}-\d{2}-\d{2}", cells.get(name, "")):
            try:
                return dt.date.fromisoformat(found[0])
            except ValueError:
                return None
    return None


def _wrong(form: Form, answers: Answers, name: str, number: int) -> list[InputError]:
    """What does not fit in a row. A question that had to be answered may be empty: the file says what was asked elsewhere."""
    found = ((one.name, fault_of(one, answers[one.name], answers, today())) for one in form if answers.get(one.name))
    mend = ("Hãy sửa ô này trong tệp.", "Mend this cell in the file.")
    return [
        fault(f"{name}, {number}", (f"cột '{column}': {wrong.vi}", f"column '{column}': {wrong.en}"), mend)
        for column, wrong in found
        if wrong is not None
    ]


def _fault(where: str, vi: str, en: str, mend: tuple[str, str]) -> InputError:
    return fault(where, (vi, en), mend)
