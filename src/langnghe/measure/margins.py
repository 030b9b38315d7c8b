"""Known shares of groups, from a small table that a person keeps, and the weights of answers that follow from them."""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from langnghe.errors import Say, SettingError
from langnghe.measure.weights import Sampling, Weights, rake
from langnghe.nouns import GROUP_PREFIX, WEIGHTING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LARGEST = 1_000_000
"""Bytes of a table of margins."""


@dataclass(frozen=True)
class Margins:
    """What is known of a population, and how people came to be asked.

    Attributes
    ----------
    shares : column of groups → group → its known share.
    sampling : 'random' or 'opt-in'.
    population : whom the known shares are of; '' where nobody says.
    """

    shares: Mapping[str, Mapping[str, float]]
    sampling: Sampling
    population: str = ""


def read_margins(name: str, data: bytes) -> dict[str, dict[str, float]]:
    r"""Read a table of margins: three columns, group, value and known share; the first row may be a heading.

    Parameters
    ----------
    name : of the file, for messages.
    data : CSV in UTF-8, separated by commas, semicolons or tabs; shares as 48, 0.48 or '48,5 %'.

    Returns
    -------
    Column of groups → group → share, as written.

    Raises
    ------
    SettingError
        A row can't be; it is named by its number.

    Examples
    --------
    >>> read_margins("dan-so.csv", "nhóm,giá trị,tỷ lệ\nGiới tính,Nữ,52\nGiới tính,Nam,48\n".encode())
    {'Giới tính': {'Nữ': 52.0, 'Nam': 48.0}}
    """
    try:
        text = data[:LARGEST].decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _wrong(name, "không phải tệp CSV mã UTF-8", "is no CSV file in UTF-8") from None
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    found: dict[str, dict[str, float]] = {}
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=separator), 1):
        cells = [_plain(cell) for cell in row]
        if not any(cells):
            continue
        share = _share(cells[2]) if len(cells) == 3 else None
        if share is None and number == 1:
            continue  # the heading
        if share is None:
            raise _wrong(
                f"{name}, {number}", "cần ba ô: nhóm, giá trị, tỷ lệ", "needs three cells: group, value, share"
            )
        if found.setdefault(cells[0], {}).setdefault(cells[1], share) != share:
            raise _wrong(f"{name}, {number}", "ghi lần nữa một nhóm với tỷ lệ khác", "gives a group another share")
    if not found:
        raise _wrong(name, "không có tỷ lệ nào", "has no shares")
    return found


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFC", " ".join(cell.split()))


def _share(cell: str) -> float | None:
    try:
        return float(cell.replace("%", "").replace(",", ".").strip())
    except ValueError:
        return None


def _wrong(where: str, vi: str, en: str) -> SettingError:
    return SettingError(
        where,
        Say(f"{vi}.", f"{en}."),
        Say(
            "Mỗi dòng là: tên cột nhóm, giá trị, tỷ lệ đã biết; ví dụ 'Giới tính,Nữ,52'.",
            "Each row is: column of groups, value, known share; such as 'Gender,Women,52'.",
        ),
    )


def weigh(texts: pl.DataFrame, margins: Margins) -> Weights:
    """Weigh answers so that groups count as they do in the population.

    Parameters
    ----------
    texts : with a column for each group of the margins.
    margins : known shares.

    Raises
    ------
    SettingError
        There is no such column, or the margins can't be met (`rake`).
    """
    missing = [name for name in margins.shares if GROUP_PREFIX + name not in texts.columns]
    if missing:
        options = " ".join(f'--group "{name}"' for name in missing)
        raise SettingError(
            ", ".join(missing),
            Say("không phải cột nhóm nào của nghiên cứu.", "is no column of groups of the study."),
            Say(f"Hãy thêm {options}, hoặc sửa tên trong bảng tỷ lệ.", f"Add {options}, or mend the table of margins."),
        )
    groups = {name: _values(texts[GROUP_PREFIX + name]) for name in margins.shares}
    return rake(groups, margins.shares, sampling=margins.sampling)


def _values(column: pl.Series) -> Sequence[str | None]:
    return [None if value is None else _plain(value) for value in column.to_list()]


def weighting_row(period: str, weights: Weights, margins: Margins) -> pl.DataFrame:
    """What the report tells of the weights of a period (schema `nouns.WEIGHTING`)."""
    known = _plain(margins.population)
    whom = weights.whom(Say(known or "dân số đã biết tỷ lệ", known or "the population whose shares are known"))
    names = ", ".join(margins.shares)
    answers = len(weights.weight)
    row = (
        period,
        names,
        answers,
        weights.effective,
        weights.design_effect,
        weights.limited,
        weights.sampling,
        whom.vi,
        whom.en,
    )
    return pl.DataFrame([row], schema=WEIGHTING, orient="row")
