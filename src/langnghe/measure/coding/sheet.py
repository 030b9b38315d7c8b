"""The sheet that a coder fills in: an XLSX with a row per text, drop-downs, and the code-book on a second sheet."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from langnghe.errors import Say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

ISSUE_COLUMNS = 4
LONGEST = 4_000
"""Issues that a text can be given; letters of a text that the sheet shows."""

NONE = Say("(không vấn đề nào)", "(no issue)")
CODE = Say("Mã", "Code")
TEXT = Say("Ý kiến", "Text")
ISSUE = Say("Vấn đề", "Issue")
REACTION = Say("Cách lên tiếng", "Reaction")
NOTE = Say("Ghi chú", "Note")
"""What a text without an issue is given, and the headings of the columns."""

_EMPTY = Say("", "")
_CREATED = dt.datetime(2020, 1, 1)  # noqa: DTZ001 - the same bytes whenever a sheet is written
_CODING, _BOOK, _HELP = Say("Mã hoá", "Coding"), Say("Sổ mã", "Code-book"), Say("Hướng dẫn", "How to")
_STEPS = (
    Say(
        "Mỗi dòng là một ý kiến đã che thông tin cá nhân. Đọc hết ý kiến rồi chọn vấn đề người viết nói đến.",
        "Each row is a text with personal data masked. Read it to its end, then choose the issues it speaks of.",
    ),
    Say(
        "Chọn một đến bốn vấn đề từ danh sách thả xuống; không có vấn đề nào thì chọn “(không vấn đề nào)” ở cột đầu.",
        "Choose one to four issues from the drop-downs; where there is none choose “(no issue)” in the first column.",
    ),
    Say(
        "Chọn một cách lên tiếng. Ghi chú là tuỳ ý, chỉ người trong nghiên cứu đọc.",
        "Choose one reaction. Notes are up to you; only people inside the study read them.",
    ),
    Say(
        "Định nghĩa, ranh giới và ví dụ nằm ở trang “Sổ mã”. Khi phân vân, theo định nghĩa chứ không theo từ ngữ.",
        "Definitions and borders are on the sheet “Code-book”. When in doubt follow the definition, not the words.",
    ),
    Say(
        "Mã hoá một mình, đừng bàn với người kia: hai người giống nhau đến đâu là thước đo độ tin cậy.",
        "Code alone and don't talk it over: how far two people agree is the measure of reliability.",
    ),
    Say(
        "Đừng thêm, xoá dòng hay sửa cột Mã. Để trống những dòng chưa làm; lưu ở dạng .xlsx rồi gửi lại.",
        "Don't add or delete rows or change the column Code. Leave rows that are not done empty; save as .xlsx and send it back.",
    ),
)


@dataclass(frozen=True)
class Choice:
    """What can be chosen in a drop-down: an issue or a reaction of the code-book."""

    id: str
    name: Say
    definition: Say
    belongs: Say
    excludes: Say


@dataclass(frozen=True)
class Choices:
    """The issues and the reactions that can be chosen."""

    issues: tuple[Choice, ...]
    reactions: tuple[Choice, ...]


def coding_sheet(rows: pl.DataFrame, coder: int, choices: Choices, lang: str) -> bytes:
    """Write the sheet of a coder.

    Parameters
    ----------
    rows : code, text; in the order in which they are to be read. Further columns are shown to the right of the text, for
        talking over what two coders see differently.
    coder : number; 0 for what coders agreed on.
    choices : of the code-book.
    lang : of headings and names.
    """
    import xlsxwriter  # noqa: PLC0415 - loaded where a sheet is asked for

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": _CREATED})
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "valign": "top", "text_wrap": True}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "done": book.add_format({"bg_color": "#EEF5EC"}),
        "open": book.add_format({"bg_color": "#FFF4D6"}),
    }
    coding = book.add_worksheet(_CODING[lang])
    coding.repeat_rows(0)
    _write_book(book.add_worksheet(_BOOK[lang]), choices, lang, formats)
    _write_help(book.add_worksheet(_HELP[lang]), lang, formats)
    _write_rows(coding, rows, coder, choices, lang, formats)
    for sheet in book.worksheets():
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()


def _write_rows(
    sheet: Any,  # noqa: ANN401 - xlsxwriter's own object
    rows: pl.DataFrame,
    coder: int,
    choices: Choices,
    lang: str,
    formats: dict[str, Any],
) -> None:
    extra = [name for name in rows.columns if name not in {"code", "text"}]
    issues = [f"{ISSUE[lang]} {number}" for number in range(1, ISSUE_COLUMNS + 1)]
    heads = [CODE[lang], TEXT[lang], *extra, *issues, REACTION[lang], NOTE[lang]]
    widths = [10, 80, *[24] * len(extra), *[22] * ISSUE_COLUMNS, 16, 30]
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width, formats["wrap"])
        sheet.write_string(0, column, head, formats["head"])
    sheet.freeze_panes(1, 2)
    for number, row in enumerate(rows.iter_rows(named=True), 1):
        sheet.set_row(number, _height((row["text"], 78)))
        sheet.write_string(number, 0, f"{row['code']}-{coder}", formats["wrap"])
        for column, name in enumerate(["text", *extra], 1):
            sheet.write_string(number, column, (row[name] or "")[:LONGEST], formats["wrap"])
    _restrict(sheet, len(rows), 2 + len(extra), choices, lang, formats)


def _height(*cells: tuple[str, int]) -> float:
    """Points that a row needs for its texts, given with their columns' widths: not all programs fit rows by themselves."""
    needed = [sum(max(1, -(-len(line) // width)) for line in text[:LONGEST].split("\n")) for text, width in cells]
    return min(15.0 * max(needed) + 3, 409.0)


def _restrict(
    sheet: Any,  # noqa: ANN401 - xlsxwriter's own object
    rows: int,
    first: int,
    choices: Choices,
    lang: str,
    formats: dict[str, Any],
) -> None:
    """Drop-downs, and colours: a row that is whole, and one that is begun."""
    reaction = first + ISSUE_COLUMNS
    last = max(rows, 1)
    title, wrong = (
        Say("Chọn từ danh sách", "Choose from the list"),
        Say("Không có trong sổ mã.", "Not in the code-book."),
    )
    ends = {"issues": len(choices.issues) + 2, "reactions": len(choices.reactions) + 1}
    for begin, end, column, kind in ((first, reaction - 1, "A", "issues"), (reaction, reaction, "G", "reactions")):
        source = f"='{_BOOK[lang]}'!${column}$2:${column}${ends[kind]}"
        rule = {"validate": "list", "source": source, "error_title": title[lang], "error_message": wrong[lang]}
        sheet.data_validation(1, begin, last, end, rule)
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - likewise

    one, other = f"${xl_col_to_name(first)}2", f"${xl_col_to_name(reaction)}2"
    for criteria, name in ((f'=AND({one}<>"",{other}<>"")', "done"), (f'=({one}<>"")<>({other}<>"")', "open")):
        sheet.conditional_format(
            1, 0, last, reaction, {"type": "formula", "criteria": criteria, "format": formats[name]}
        )


def _write_book(sheet: Any, choices: Choices, lang: str, formats: dict[str, Any]) -> None:  # noqa: ANN401 - likewise
    heads = (
        ISSUE[lang],
        Say("Là gì", "What it is")[lang],
        Say("Thuộc về", "Belongs")[lang],
        Say("Không thuộc", "Does not belong")[lang],
        "",
        "",
        REACTION[lang],
        Say("Là gì", "What it is")[lang],
    )
    for column, (head, width) in enumerate(zip(heads, (26, 50, 50, 50, 3, 3, 18, 60), strict=True)):
        sheet.set_column(column, column, width, formats["wrap"])
        if head:
            sheet.write_string(0, column, head, formats["head"])
    sheet.freeze_panes(1, 1)
    for row, one in enumerate((Choice("", NONE, _EMPTY, _EMPTY, _EMPTY), *choices.issues), 1):
        said = (one.name, one.definition, one.belongs, one.excludes)
        sheet.set_row(row, _height(*((say[lang], 45) for say in said)))
        for column, say in enumerate(said):
            sheet.write_string(row, column, say[lang], formats["wrap"])
    for row, one in enumerate(choices.reactions, 1):
        sheet.write_string(row, 6, one.name[lang], formats["wrap"])
        sheet.write_string(row, 7, one.definition[lang], formats["wrap"])


def _write_help(sheet: Any, lang: str, formats: dict[str, Any]) -> None:  # noqa: ANN401 - likewise
    sheet.set_column(0, 0, 4, formats["wrap"])
    sheet.set_column(1, 1, 100, formats["wrap"])
    for row, step in enumerate(_STEPS):
        sheet.write_number(row, 0, row + 1, formats["wrap"])
        sheet.write_string(row, 1, step[lang], formats["wrap"])


def names_of(choices: Sequence[Choice]) -> dict[str, str]:
    """Every way to write a choice, lower-case → its id."""
    written: dict[str, str] = {}
    for one in choices:
        for way in (one.id, one.name.vi, one.name.en):
            written.setdefault(" ".join(way.casefold().split()), one.id)
    return written
