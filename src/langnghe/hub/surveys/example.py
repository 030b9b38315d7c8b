"""A spreadsheet of questions to begin with: an officer changes it rather than starting from an empty sheet. The demo asks the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from langnghe.report.opendata import workbook

if TYPE_CHECKING:
    import datetime as dt

FORM = {
    "survey": """
type | name | label::Tiếng Việt (vi) | label::English (en) | required | relevant | constraint | constraint_message::Tiếng Việt (vi) | constraint_message::English (en) | appearance
select_one yesno | eats | Bạn có ăn ca ở nơi làm việc không? | Do you eat at work? | yes | | | | |
begin group | meal | Về bữa ăn ca | About the meals | | ${eats} = 'yes' | | | |
select_one scale | good | Bữa ăn ca thế nào? | How are the meals? | yes | | | | | likert
select_multiple wish | wishes | Bạn mong đổi gì trước? | What should change first? | | | | | |
end group | | | | | | | | |
select_one shift | shift | Bạn hay làm ca nào? | Which shift do you mostly work? | | | | | |
integer | years | Bạn làm ở đây được mấy năm? | How many years have you worked here? | | | . >= 0 and . < 60 | Từ 0 đến 59 năm. | From 0 to 59 years. |
text | other | Bạn muốn nói thêm gì về bữa ăn? | What else would you say about the meals? | | | | | | multiline
""",
    "choices": """
list_name | name | label::Tiếng Việt (vi) | label::English (en)
yesno | yes | Có | Yes
yesno | no | Không | No
scale | bad | Kém | Bad
scale | fair | Tạm được | Fair
scale | great | Tốt | Good
wish | more | Đủ no hơn | More of it
wish | fresh | Tươi và nóng hơn | Fresher and warmer
wish | choice | Có nhiều món để chọn | More dishes to choose from
wish | time | Thêm giờ nghỉ ăn | A longer break
shift | day | Ca ngày | Day
shift | night | Ca đêm | Night
shift | turns | Xoay ca | Turns
""",
    "settings": """
form_title | default_language
Bữa ăn ca | vi
""",
}
"""Sheets of an XLSForm, as tables."""


def example_workbook(day: dt.date) -> bytes:
    """The workbook; `day` is written into its properties."""
    return workbook({name: _sheet(table) for name, table in FORM.items()}, day)


def _sheet(table: str) -> pl.DataFrame:
    header, *rows = ([cell.strip() for cell in line.split("|")] for line in table.strip().splitlines())
    return pl.DataFrame(rows, schema=dict.fromkeys(header, pl.String), orient="row")
