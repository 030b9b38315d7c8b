"""Forms for tests, written as small tables."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from pathlib import Path

MEALS = """
survey | type                 | name    | label::Tiếng Việt (vi)            | label::English (en)     | required | relevant               | constraint      | constraint_message::Tiếng Việt (vi) | appearance
       | select_one yesno     | eats    | Bạn có ăn ca ở nhà máy không?     | Do you eat at work?     | yes      |                        |                 |                                     |
       | begin group          | meal    | Về bữa ăn                         | About the meals         |          | ${eats} = 'yes'        |                 |                                     |
       | select_one scale     | good    | Bữa ăn thế nào?                   | How are the meals?      | yes      |                        |                 |                                     | likert
       | select_multiple wish | wishes  | Bạn mong đổi gì?                  | What should change?     |          |                        |                 |                                     |
       | text                 | other   | Điều khác là gì?                  | What else?              |          | selected(${wishes}, 'other') |           |                                     | multiline
       | end group            |         |                                   |                         |          |                        |                 |                                     |
       | integer              | years   | Bạn làm ở đây mấy năm?            | Years here?             |          |                        | . >= 0 and . < 60 | Từ 0 đến 59 năm.                  |
       | note                 | thanks  | Cảm ơn bạn.                       | Thank you.              |          |                        |                 |                                     |
choices | list_name | name  | label::Tiếng Việt (vi) | label::English (en)
        | yesno     | yes   | Có                     | Yes
        | yesno     | no    | Không                  | No
        | scale     | bad   | Kém                    | Bad
        | scale     | fair  | Tạm được               | Fair
        | scale     | great | Tốt                    | Good
        | wish      | more  | Nhiều món hơn          | More dishes
        | wish      | fresh | Tươi hơn               | Fresher
        | wish      | other | Điều khác              | Something else
settings | form_title | default_language
         | Bữa ăn ca  | vi
"""
"""A form about meals: a question that opens a group, a scale, several choices, one that opens a text, a number with limits."""


def workbook(table: str) -> bytes:
    """A workbook from a table: a sheet begins where the first column has its name, that line being its header."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet, row = None, 0
        for line in table.strip().splitlines():
            name, *cells = (cell.strip() for cell in line.split("|"))
            if name:
                sheet, row = book.add_worksheet(name), 0
            if sheet is None:
                continue
            for column, cell in enumerate(cells):
                if cell:
                    sheet.write_string(row, column, cell)
            row += 1
    return made.getvalue()


def save(folder: Path, table: str) -> Path:
    """A table as a file."""
    path = folder / "form.xlsx"
    path.write_bytes(workbook(table))
    return path


def changed(column: str, value: str, row: str) -> str:
    """The form about meals with one cell of a question changed."""
    lines = MEALS.strip().splitlines()
    header = [cell.strip() for cell in lines[0].split("|")]
    place = header.index(column)
    for number, line in enumerate(lines):
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 2 and cells[2] == row:
            cells += [""] * (len(header) - len(cells))
            cells[place] = value
            lines[number] = " | ".join(cells)
    return "\n".join(lines)
