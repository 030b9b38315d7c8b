"""How wide the columns of a table are on paper: as wide as their text where that fits, else shared out."""

from __future__ import annotations

from langnghe.report.document import Cell, Column, Run, Table
from langnghe.report.fonts import text_width

SIZE = 9.0  # points
PADDING = 11.0
HEADER = 84.0  # points after which a header may wrap between words
LEAST = 62.0  # points that a column of text keeps


def column_widths(table: Table, width: float) -> list[float]:
    """Share out the width of a page among the columns of a table.

    Parameters
    ----------
    table : columns of numbers are as wide as their widest number or a word of their header; columns of text give way.
    width : width of the page, in points.

    Returns
    -------
    One width a column, in points; together at most `width`.
    """
    natural = [_natural(column, [row[number] for row in table.rows]) for number, column in enumerate(table.columns)]
    spare = width - sum(natural)
    if spare >= 0 or not natural:
        return natural
    gives = [
        max(0.0, wide - LEAST) if column.kind == "text" else 0.0
        for wide, column in zip(natural, table.columns, strict=True)
    ]
    taken = min(1.0, -spare / sum(gives)) if sum(gives) else 0.0
    shrunk = [wide - give * taken for wide, give in zip(natural, gives, strict=True)]
    return [wide * min(1.0, width / sum(shrunk)) for wide in shrunk]


def _natural(column: Column, cells: list[Cell]) -> float:
    texts = [cell.text if isinstance(cell, Run) else cell or "×" for cell in cells]
    words = [text_width(word, SIZE, semibold=True) for word in column.label.split()]
    header = max([min(text_width(column.label, SIZE, semibold=True), HEADER), text_width(column.unit, SIZE), *words])
    return max([header, *(text_width(text, SIZE) * 1.03 for text in texts)]) + PADDING
