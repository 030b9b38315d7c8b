"""An XLSForm file as rows that know where they stand, and the faults that are found in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import xlsx_to_dict

from langnghe.collect.sheets import refuse_bomb
from langnghe.errors import InputError, Say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAX_BYTES = 2_000_000
MAX_ROWS = 5_000
"""The largest file, and the most rows of a sheet."""

SHEETS = ("survey", "choices", "settings")
LANGUAGES = {
    "vi": "vi",
    "vietnamese": "vi",
    "tiếng việt": "vi",
    "en": "en",
    "english": "en",
    "tiếng anh": "en",
}
_ASIDE = re.compile(r"[#$_]|kuid$")
"""Columns that begin so are remarks, or marks that KoboToolbox puts into its exports: nobody's answer depends on them."""


class Refused(Exception):
    """A form, or answers, that can't be used: `faults` are all that was found, each an `InputError` with its sheet and row."""

    def __init__(self, faults: list[InputError]) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.sentence("en") for fault in faults))


@dataclass(frozen=True)
class Row:
    """A row of a sheet: its number as a spreadsheet shows it, and its cells by the lower-case name of their column."""

    sheet: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def fault(self, what: tuple[str, str], mend: tuple[str, str]) -> InputError:
        """The error for something in this row."""
        return fault(f"{self.sheet}, {self.number}", what, mend)

    def said(self, column: str, fallback: str = "vi") -> Say:
        """What a column says in both languages; a language that is missing takes the words of the other."""
        read = {fallback: self[column]} if self[column] else {}
        for name, text in self.cells.items():
            if name.startswith(f"{column}::") and (lang := language_of(name)):
                read[lang] = text
        return Say(read.get("vi") or read.get("en", ""), read.get("en") or read.get("vi", ""))


@dataclass(frozen=True)
class Workbook:
    """The sheets of a form.

    Attributes
    ----------
    rows : sheet → its rows that are not empty.
    columns : sheet → names of its columns.
    read : as pyxform read it.
    """

    rows: Mapping[str, list[Row]]
    columns: Mapping[str, list[str]]
    read: dict[str, Any] = field(default_factory=dict)


def fault(where: str, what: tuple[str, str], mend: tuple[str, str]) -> InputError:
    """An `InputError` from sentences in two languages."""
    return InputError(where, Say(*what), Say(*mend))


def language_of(column: str) -> str | None:
    """The language of a column: 'label::Tiếng Việt (vi)' → 'vi'; None where it is none of ours."""
    written = column.partition("::")[2].strip()
    code = re.search(r"\(\s*([A-Za-z-]+)\s*\)$", written)
    return LANGUAGES.get((code[1] if code else written).lower().strip())


def open_workbook(path: Path) -> Workbook:
    """Open an XLSForm file, after a look into the archive.

    Raises
    ------
    InputError
        It is too large, damaged, no XLSX workbook, or has no sheet 'survey'.
    """
    if path.stat().st_size > MAX_BYTES:
        raise _too_large(path.name)
    refuse_bomb(path)
    try:
        read = xlsx_to_dict(str(path))
    except (PyXFormError, ValueError, AttributeError, IndexError) as found:
        raise _unread(path.name) from found
    if "survey" not in read:
        raise fault(
            path.name,
            ("không có trang tính 'survey'.", "has no sheet 'survey'."),
            ("Hãy đặt câu hỏi trong trang 'survey' như XLSForm quy định.", "Put the questions into a sheet 'survey'."),
        )
    if any(len(rows) > MAX_ROWS for rows in read.values()):
        raise _too_large(path.name)
    rows = {name: list(_rows(name, read.get(name, []))) for name in (*SHEETS, *_others(read))}
    return Workbook(rows, {name: _headers(read, name) for name in SHEETS}, read)


def _rows(sheet: str, read: list[dict[str, Any]]) -> list[Row]:
    """Rows with their numbers: the first below the header is row 2."""
    cells = ({" ".join(str(key).lower().split()): str(cell).strip() for key, cell in row.items()} for row in read)
    return [Row(sheet, number, row) for number, row in enumerate(cells, 2) if row]


def _others(read: Mapping[str, Any]) -> list[str]:
    return [name for name in ("external_choices", "entities", "osm") if read.get(name)]


def _headers(read: Mapping[str, Any], sheet: str) -> list[str]:
    found = read.get(f"{sheet}_header") or [{}]
    return [" ".join(str(name).lower().split()) for name in found[0]]


def is_aside(column: str) -> bool:
    """Whether a column is a remark, or a mark of another program."""
    return bool(_ASIDE.match(column))


def _too_large(name: str) -> InputError:
    return fault(
        name,
        ("quá lớn cho một bảng hỏi.", "is too large for a form."),
        (
            "Tệp bảng hỏi chỉ được dưới 2 MB và 5.000 dòng mỗi trang; hãy bỏ hình và trang thừa.",
            "A form has less than 2 MB and 5,000 rows a sheet; take out pictures and sheets that are not needed.",
        ),
    )


def _unread(name: str) -> InputError:
    return fault(
        name,
        ("không đọc được như một XLSForm.", "can't be read as an XLSForm."),
        (
            "Hãy kiểm tra hàng tiêu đề (không được trùng tên cột) rồi lưu lại thành XLSX.",
            "Look at the header rows (no column may stand twice) and save it as XLSX again.",
        ),
    )
