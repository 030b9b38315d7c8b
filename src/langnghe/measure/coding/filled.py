"""What coders wrote in their sheets, read back: every cell that can't be is named, and nothing is taken until all are mended."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

import polars as pl

from langnghe.errors import InputError, Say
from langnghe.measure.coding.sheet import CODE, ISSUE, LONGEST, NONE, NOTE, REACTION, TEXT, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from langnghe.measure.coding.sheet import Choices

FILLED = pl.Schema(
    {
        "code": pl.String(),
        "coder": pl.String(),  # '1', '2' …, or 'agreed'
        "issues": pl.List(pl.String()),
        "reaction": pl.String(),
        "note": pl.String(),
    }
)
"""One row per text that a coder has finished."""

AGREED = "agreed"
NAMED = 20
"""Coder of what was agreed on after talking it over (coder 0 on a sheet); faults that a message names."""

_CODE = re.compile(r"([A-Z0-9]{5,})-(\d{1,2})")


@dataclass(frozen=True)
class Cells:
    """A filled sheet as it was read.

    Attributes
    ----------
    name : of the file, for messages.
    columns : headings in their order.
    rows : row numbers as the spreadsheet shows them (column '#row'), and the columns as String.
    """

    name: str
    columns: tuple[str, ...]
    rows: pl.DataFrame


@dataclass
class _Reader:
    """The reading of one sheet: which columns there are, and the faults so far."""

    cells: Cells
    issues: dict[str, str]
    reactions: dict[str, str]
    texts: Mapping[str, str]
    faults: list[tuple[str, Say]] = field(default_factory=list)

    def place(self, row: int, column: str) -> str:
        number, letters = self.cells.columns.index(column) + 1, ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{row}"

    def fault(self, row: int, column: str, vi: str, en: str) -> None:
        self.faults.append((self.place(row, column), Say(vi, en)))


def read_filled(cells: Cells, texts: Mapping[str, str], choices: Choices) -> pl.DataFrame:
    """Read a filled sheet.

    Parameters
    ----------
    cells : the sheet.
    texts : code → text as it was written on the sheet, for all codes of the study.
    choices : of the code-book.

    Returns
    -------
    DataFrame of schema `FILLED`: the rows that are done; empty ones are left out.

    Raises
    ------
    InputError
        The sheet is none of ours, or cells can't be: each is named by its place.
    """
    columns = _columns(cells)
    none = {" ".join(way.casefold().split()): "" for way in (NONE.vi, NONE.en)}
    reader = _Reader(cells, none | names_of(choices.issues), names_of(choices.reactions), texts)
    found = [one for row in cells.rows.iter_rows(named=True) if (one := _row(reader, row, columns))]
    _refuse_twice(reader, found, columns["code"][0])
    if reader.faults:
        raise _error(cells.name, reader.faults)
    return pl.DataFrame([one[1:] for one in found], schema=FILLED, orient="row")


def _columns(cells: Cells) -> dict[str, list[str]]:
    known = {"code": CODE, "text": TEXT, "reaction": REACTION, "note": NOTE}
    columns = {name: [c for c in cells.columns if c in {say.vi, say.en}] for name, say in known.items()}
    columns["issues"] = [c for c in cells.columns if re.fullmatch(rf"({ISSUE.vi}|{ISSUE.en}) \d", c)]
    missing = [name for name in ("code", "text", "issues", "reaction") if not columns[name]]
    if missing:
        heads = ", ".join(ISSUE.vi + " 1" if name == "issues" else known[name].vi for name in missing)
        raise InputError(
            cells.name,
            Say(
                f"không phải phiếu mã hoá: thiếu cột {heads}.", f"is no coding sheet: the columns {heads} are missing."
            ),
            Say(
                "Hãy gửi lại phiếu do 'langnghe code' viết ra, giữ nguyên dòng tiêu đề.",
                "Send back a sheet that 'langnghe code' wrote, with its heading row as it was.",
            ),
        )
    return columns


def _row(
    reader: _Reader, row: dict[str, str | None], columns: Mapping[str, Sequence[str]]
) -> tuple[int, str, str, list[str], str, str] | None:
    number = int(row["#row"] or 0)
    given = [(column, _plain(row[column])) for column in columns["issues"] if _plain(row[column])]
    reaction = _plain(row[columns["reaction"][0]])
    if not given and not reaction:
        return None
    code, coder = _code(reader, number, row, columns)
    issues = list(_issues(reader, number, given, columns["issues"][0]))
    reacted = _one(reader, number, (columns["reaction"][0], reaction), reader.reactions) if reaction else None
    if not reaction:
        reader.fault(number, columns["reaction"][0], "chưa chọn cách lên tiếng", "no reaction is chosen")
    note = " ".join((row[columns["note"][0]] or "").split()) if columns["note"] else ""
    if code is None or reacted is None:
        return None
    return number, code, AGREED if coder == "0" else coder, sorted(set(issues)), reacted, note


def _code(
    reader: _Reader, number: int, row: dict[str, str | None], columns: Mapping[str, Sequence[str]]
) -> tuple[str | None, str]:
    column = columns["code"][0]
    match = _CODE.fullmatch((row[column] or "").strip().upper())
    if match is None or match[1] not in reader.texts:
        reader.fault(number, column, "mã này không có trong nghiên cứu", "this code is not of this study")
        return None, ""
    shown = " ".join(reader.texts[match[1]][:LONGEST].split())
    if shown != " ".join((row[columns["text"][0]] or "").split()):
        reader.fault(
            number,
            columns["text"][0],
            "ý kiến không đi với mã của dòng này (bảng đã bị sắp xếp lệch cột, hoặc ý kiến bị sửa)",
            "the text does not go with the code of this row (columns were sorted apart, or the text was changed)",
        )
        return None, ""
    return match[1], match[2]


def _issues(reader: _Reader, number: int, given: Sequence[tuple[str, str]], first: str) -> Iterator[str]:
    if not given:
        reader.fault(number, first, "chưa chọn vấn đề nào", "no issue is chosen")
    found = [_one(reader, number, one, reader.issues) for one in given]
    if "" in found and any(found):
        reader.fault(number, first, f"vừa “{NONE.vi}” vừa có vấn đề", f"both “{NONE.en}” and an issue are chosen")
    yield from (one for one in found if one)


def _one(reader: _Reader, number: int, cell: tuple[str, str], known: Mapping[str, str]) -> str | None:
    column, value = cell
    if value in known:
        return known[value]
    near = get_close_matches(value, [way for way in known if way], 1, 0.6)
    vi, en = (f"; có phải “{near[0]}”?", f"; is it “{near[0]}”?") if near else ("", "")
    reader.fault(number, column, f"không có trong sổ mã{vi}", f"not in the code-book{en}")
    return None


def _plain(value: str | None) -> str:
    return " ".join((value or "").casefold().split())


def _refuse_twice(reader: _Reader, found: Sequence[tuple[int, str, str, list[str], str, str]], column: str) -> None:
    seen: dict[tuple[str, str], tuple[object, ...]] = {}
    for number, code, coder, *coded in found:
        if seen.setdefault((code, coder), tuple(map(str, coded[:2]))) != tuple(map(str, coded[:2])):
            reader.fault(number, column, "mã này có hai dòng khác nhau", "this code has two rows that differ")


def _error(name: str, faults: Sequence[tuple[str, Say]]) -> InputError:
    shown = faults[:NAMED]
    vi, en = ("; ".join(f"{place}: {say[lang]}" for place, say in shown) for lang in ("vi", "en"))
    more = len(faults) - len(shown)
    return InputError(
        name,
        Say(
            f"{len(faults)} ô cần sửa: {vi}" + (f"; và {more} ô nữa." if more else "."),
            f"{len(faults)} cells need mending: {en}" + (f"; and {more} more." if more else "."),
        ),
        Say(
            "Chưa ghi nhận gì từ tệp này; hãy sửa rồi chạy lại.",
            "Nothing of this file was taken; mend it and run again.",
        ),
    )
